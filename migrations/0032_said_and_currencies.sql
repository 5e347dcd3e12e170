-- What a side said about an issue carries the day it was said; the moment beside it is when somebody wrote it down.
alter table issue_message add column said_on date;

-- The deposit has one day wherever it stands: open items of running orders are worked out anew.
insert into job (id, work, due_at)
    select gen_random_uuid(), '{"is": "settle_orders"}', timestamptz '2026-01-01 00:00:00Z'
    where exists (select from export_order where condition in ('open', 'on_hold', 'cancelling'));
