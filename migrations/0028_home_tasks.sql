-- Home: tasks by hand 手工待办, rows put off 稍后提醒, and two more keys the list of orders is walked by.

-- A task that a colleague wrote for herself or gave to another. Nothing follows from it: it moves no step.
create table hand_task (
    id uuid primary key,
    -- Who does it, and who gave it.
    owner uuid not null references person on delete restrict,
    giver uuid not null references person on delete restrict,
    -- The order it belongs to, where there is one; never another one later, because its events stand on this order's stream.
    order_id uuid references export_order on delete restrict,
    text text not null constraint hand_task_text check (text <> ''),
    due_at timestamptz not null,
    -- A day was meant and no moment: due_at is its last second where the company is.
    no_hour boolean not null,
    created_at timestamptz not null,
    state text not null default 'open' constraint hand_task_state check (state in ('open', 'done', 'gone')),
    ended_at timestamptz,
    ended_by uuid references person on delete restrict,
    version int not null default 1,
    constraint hand_task_end check ((state = 'open') = (ended_at is null) and (ended_at is null) = (ended_by is null))
);
create index hand_task_owner on hand_task (owner, due_at) where state = 'open';
create index hand_task_giver on hand_task (giver, due_at) where state = 'open';
create index hand_task_order on hand_task (order_id) where order_id is not null;
create index hand_task_ended_owner on hand_task (owner, ended_at desc) where state <> 'open';
create index hand_task_ended_giver on hand_task (giver, ended_at desc) where state <> 'open';
select grant_app('select, insert, update', 'hand_task');

-- What one person does not want to see before a moment. Open items are written anew at the end of every act, so it holds
-- by what the row is called and says: a row that says something else is another one, and comes back.
create table snooze (
    person uuid not null references person on delete restrict,
    -- The order of an open item, or a task by hand.
    thing uuid not null,
    -- Kind and subject of the open item; 'hand_task' and '' for a task.
    kind text not null,
    subject text not null default '',
    mark text not null,
    until_at timestamptz not null,
    -- The act that put it off: what takes it back takes back all that was put off with it.
    act uuid not null,
    primary key (person, thing, kind, subject)
);
select grant_app('select, insert, update, delete', 'snooze');

-- What an open item says, for telling whether it still says the same.
create function open_item_mark(waiting text, problem boolean, since timestamptz, due_at timestamptz, quoted text)
returns text language sql immutable as $$
    select concat_ws('|', waiting, problem::text, extract(epoch from since), extract(epoch from due_at), quoted)
$$;

-- Sum of the order's lines and the moment of its last event, as the end of each act left them: keys of a list must stand
-- in the order's own row, or a page of it costs a sum over all of them.
alter table export_order
    add column amount numeric(18,4),
    add column last_event_at timestamptz;
update export_order o set amount = order_amount(o.id, o.currency::text),
    last_event_at = (select e.at from event e where e.stream = 'order:' || o.id order by e.seq desc limit 1);
-- An order without a price stands last whichever way the list is walked, so each way has its own key.
create index export_order_amount_up on export_order ((coalesce(amount, 'infinity')), id);
create index export_order_amount_down on export_order ((coalesce(amount, '-infinity')), id);
create index export_order_last_event on export_order ((coalesce(last_event_at, opened_at)), id);
