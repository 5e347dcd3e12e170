-- What is called off with its order, without ever having been done.

alter table inspection_report
    drop constraint inspection_report_stage,
    drop constraint inspection_report_done,
    add constraint inspection_report_stage check (stage in
        ('planned', 'done', 'passed', 'failed', 'pending', 'waived', 'called_off')),
    add constraint inspection_report_done check (stage in ('planned', 'waived', 'called_off') or done_on is not null);

alter table parcel
    drop constraint parcel_stage,
    drop constraint parcel_has_left,
    drop constraint parcel_was_passed_on,
    add constraint parcel_stage check (stage in
        ('packed', 'dispatched', 'number_passed_on', 'delivered', 'lost', 'returned', 'called_off')),
    add constraint parcel_has_left check (stage in ('packed', 'called_off')
        or (courier <> '' and waybill <> '' and dispatched_on is not null)),
    add constraint parcel_was_passed_on check (stage in ('packed', 'dispatched', 'called_off')
        or (passed_at is not null and passed_to <> ''));

-- What others said is recorded with the day they said it, which is not always the day it is written down, and with the
-- paper or the words that prove it.
alter table issue
    add column agreed_on date,
    add column acknowledged_on date;
alter table change_order
    add column agreed_on date,
    add column refused_on date;
alter table change_order_line add column acknowledged_on date;
alter table sample_note add column acknowledged_words text not null default '';

alter table relay_receipt
    add column acknowledged_on date,
    add column acknowledged_channel text not null default '',
    add column acknowledged_words text not null default '',
    add column acknowledgement uuid references stored_file on delete restrict,
    add column answered_on date,
    add column answered_channel text not null default '',
    add column answer_evidence uuid references stored_file on delete restrict;

-- Goods that had left for a customer who will not have them, sold to somebody else: the manager's note.
create table shipment_resale (
    shipment uuid primary key references shipment on delete restrict,
    buyer text not null constraint shipment_resale_buyer check (buyer <> ''),
    reason text not null constraint shipment_resale_reason check (reason <> ''),
    evidence uuid not null references stored_file on delete restrict,
    at timestamptz not null,
    person uuid not null references person on delete restrict
);
select grant_app('select, insert', 'shipment_resale');
