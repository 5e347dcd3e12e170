-- What went wrong in production, what was changed, what was inspected.

create table inspection_report (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    number int not null constraint inspection_report_number check (number > 0),
    kind text not null constraint inspection_report_kind check (kind in ('inline', 'final', 'third_party', 're_inspection')),
    stage text not null constraint inspection_report_stage check (stage in
        ('planned', 'done', 'passed', 'failed', 'pending', 'waived')),
    planned_on date not null,
    inspector text not null,
    -- ISO 2859-1: general or special level, and the limit of each class; a critical defect is never accepted.
    level text not null constraint inspection_report_level check (level in ('S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III')),
    aql_major text not null constraint inspection_report_aql_major check (aql_major in ('0.65', '1.0', '1.5', '2.5', '4.0', '6.5')),
    aql_minor text not null constraint inspection_report_aql_minor check (aql_minor in ('0.65', '1.0', '1.5', '2.5', '4.0', '6.5')),
    note text not null default '',
    planned_by uuid not null references person on delete restrict,
    planned_at timestamptz not null,
    done_on date,
    -- How much of the goods stood packed, percent.
    packed numeric(5, 2) constraint inspection_report_packed check (packed between 0 and 100),
    findings text not null default '',
    -- Whom the factory sent to sign.
    countersigned text not null default '',
    recorded_by uuid references person on delete restrict,
    verdict_words text not null default '',
    judged_by uuid references person on delete restrict,
    waived_by uuid references person on delete restrict,
    waived_reason text not null default '',
    -- Since when it stands where it stands.
    since timestamptz not null,
    version int not null default 1,
    constraint inspection_report_number_key unique (order_id, number),
    constraint inspection_report_done check (stage in ('planned', 'waived') or done_on is not null),
    constraint inspection_report_waived check ((stage = 'waived') = (waived_by is not null)),
    constraint inspection_report_second_person check
        (waived_by is null or (waived_by <> planned_by and waived_by is distinct from recorded_by))
);
select grant_app('select, insert, update', 'inspection_report');

-- Each line is a lot of its own, with a sample of its own.
create table inspection_lot (
    inspection uuid not null references inspection_report on delete restrict,
    order_line uuid not null references order_line (id) on delete restrict,
    lot int not null constraint inspection_lot_size check (lot > 0),
    critical int constraint inspection_lot_critical check (critical >= 0),
    major int constraint inspection_lot_major check (major >= 0),
    minor int constraint inspection_lot_minor check (minor >= 0),
    primary key (inspection, order_line)
);
select grant_app('select, insert, update, delete', 'inspection_lot');

create table inspection_file (
    inspection uuid not null references inspection_report on delete restrict,
    file uuid not null references stored_file on delete restrict,
    primary key (inspection, file)
);
select grant_app('select, insert', 'inspection_file');

create table issue (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    number int not null constraint issue_number check (number > 0),
    kind text not null constraint issue_kind check (kind in
        ('shade', 'size', 'material', 'quality', 'quantity', 'packing', 'delivery', 'other', 'claim')),
    severity text not null constraint issue_severity check (severity in ('minor', 'major', 'line_stop')),
    stage text not null constraint issue_stage check (stage in
        ('reported', 'with_sales', 'with_customer', 'agreed', 'conveyed', 'acknowledged', 'resolved', 'closed', 'dropped')),
    title text not null,
    -- What it may do to date, price or quantity.
    impact text not null default '',
    from_side text not null constraint issue_from_side check (from_side in ('us', 'factory', 'customer')),
    from_who text not null default '',
    from_channel text not null default '',
    reported_by uuid references person on delete restrict,
    reported_at timestamptz not null,
    -- Until when it wants its result.
    due_at timestamptz not null,
    inspection uuid references inspection_report on delete restrict,
    -- The question to the customer, and what we owe the workshop.
    question_relay uuid references relay on delete restrict,
    conveyance_relay uuid references relay on delete restrict,
    customer_concerned boolean,
    result text not null default '',
    bearer text not null default '' constraint issue_bearer check (bearer in ('', 'nobody', 'us', 'factory', 'customer', 'forwarder')),
    amount numeric(18, 4) constraint issue_amount check (amount >= 0),
    currency char(3),
    -- Who on the customer's side agreed, how, in which words; or why the customer is not concerned.
    agreed_who text not null default '',
    agreed_channel text not null default '',
    agreed_words text not null default '',
    agreed_at timestamptz,
    acknowledged_who text not null default '',
    acknowledged_channel text not null default '',
    acknowledged_words text not null default '',
    resolution text not null default '',
    drop_reason text not null default '',
    since timestamptz not null,
    version int not null default 1,
    constraint issue_number_key unique (order_id, number),
    constraint issue_result check (stage not in ('agreed', 'conveyed', 'acknowledged', 'resolved', 'closed') or result <> ''),
    constraint issue_amount_currency check ((amount is null) = (currency is null))
);
create index issue_newest on issue (reported_at desc, id desc);
create index issue_open on issue (order_id) where stage not in ('closed', 'dropped');
select grant_app('select, insert, update', 'issue');

create table issue_line (
    issue uuid not null references issue on delete restrict,
    order_line uuid not null references order_line (id) on delete restrict,
    quantity numeric(18, 4) constraint issue_line_quantity check (quantity > 0),
    primary key (issue, order_line)
);
select grant_app('select, insert', 'issue_line');

-- What was said about it. The audience says in which stream it stands; the two streams never mix.
create table issue_message (
    id uuid primary key,
    issue uuid not null references issue on delete restrict,
    number int not null constraint issue_message_count check (number > 0),
    audience text not null constraint issue_message_audience check (audience in ('internal', 'factory', 'customer')),
    from_side text not null constraint issue_message_from check (from_side in ('us', 'factory', 'customer')),
    who text not null default '',
    channel text not null default '',
    words text not null constraint issue_message_words check (words <> ''),
    lang text not null,
    at timestamptz not null,
    person uuid references person on delete restrict,
    -- The message across, when it has been put to the other side.
    relay uuid references relay on delete restrict,
    constraint issue_message_number_key unique (issue, number)
);
select grant_app('select, insert, update', 'issue_message');

create table issue_file (
    issue uuid not null references issue on delete restrict,
    file uuid not null references stored_file on delete restrict,
    message uuid references issue_message on delete restrict,
    primary key (issue, file)
);
select grant_app('select, insert', 'issue_file');

create table change_order (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    number int not null constraint change_order_number check (number > 0),
    stage text not null constraint change_order_stage check (stage in ('raised', 'applied', 'refused', 'withdrawn')),
    issue uuid references issue on delete restrict,
    wished_by text not null constraint change_order_wish check (wished_by in ('us', 'factory', 'customer')),
    reason text not null,
    -- Of its fields, old and new: the manager's yes belongs to it.
    content_hash bytea not null,
    asks_manager boolean not null,
    asks_customer boolean not null,
    -- Whether it changes what the customer confirmed.
    amends_proforma boolean not null,
    raised_by uuid not null references person on delete restrict,
    raised_at timestamptz not null,
    customer_relay uuid references relay on delete restrict,
    factory_relay uuid references relay on delete restrict,
    approved_at timestamptz,
    agreed_at timestamptz,
    agreed_who text not null default '',
    agreed_channel text not null default '',
    agreed_words text not null default '',
    evidence uuid references stored_file on delete restrict,
    ended_at timestamptz,
    ended_by uuid references person on delete restrict,
    -- Whose no it was, and in which words.
    refused_by text not null default '' constraint change_order_refused_by check (refused_by in ('', 'manager', 'customer', 'factory')),
    refused_who text not null default '',
    end_words text not null default '',
    -- The act that wrote it into the goods and terms; the order's history says the same.
    applied_act uuid,
    since timestamptz not null,
    version int not null default 1,
    constraint change_order_number_key unique (order_id, number),
    constraint change_order_ended check ((stage = 'raised') = (ended_at is null)),
    constraint change_order_applied check ((stage = 'applied') = (applied_act is not null)),
    constraint change_order_approved check (stage <> 'applied' or not asks_manager or approved_at is not null),
    constraint change_order_agreed check (stage <> 'applied' or not asks_customer or agreed_at is not null)
);
create index change_order_open on change_order (order_id) where stage = 'raised';
select grant_app('select, insert, update', 'change_order');

-- One field, old and new, as the sheet and the header print them; without a line it is of the terms.
create table change_order_field (
    change_order uuid not null references change_order on delete restrict,
    place int not null constraint change_order_field_place check (place > 0),
    order_line uuid references order_line (id) on delete restrict,
    field text not null,
    old_value text not null,
    new_value text not null,
    primary key (change_order, place),
    constraint change_order_field_differs check (old_value <> new_value)
);
select grant_app('select, insert', 'change_order_field');

-- What the factory is asked, line by line.
create table change_order_line (
    change_order uuid not null references change_order on delete restrict,
    order_line uuid not null references order_line (id) on delete restrict,
    line int not null constraint change_order_line_number check (line > 0),
    acknowledged_at timestamptz,
    acknowledged_who text not null default '',
    acknowledged_channel text not null default '',
    acknowledged_words text not null default '',
    evidence uuid references stored_file on delete restrict,
    primary key (change_order, order_line)
);
select grant_app('select, insert, update', 'change_order_line');

-- Orders to factories that say what is no longer so, and the revision that says it: done when a later one is issued.
create table change_order_production (
    change_order uuid not null references change_order on delete restrict,
    production_number int not null,
    revision int not null,
    primary key (change_order, production_number)
);
select grant_app('select, insert', 'change_order_production');

-- A paper that says what is no longer so may leave the house only in a manager's name.
alter table issued_paper
    add column overridden_at timestamptz,
    add column overridden_by uuid references person on delete restrict,
    add column override_reason text not null default '',
    add constraint issued_paper_override check (overridden_at is null or (stale_since is not null and overridden_by is not null and override_reason <> ''));

-- Whether the goods may leave: of every line that is owed (of a shipment: of every line it carries) the newest inspection
-- that counts passed or was waived by the manager. A final one counts, a third party's, and what repeats one of these; what
-- repeats an inline inspection does not stand for the final one.
create function order_inspected(of_order uuid, of_shipment uuid) returns boolean language sql stable as $$
    select exists (select from order_line g where g.order_id = of_order) and not exists (
        select from order_line g where g.order_id = of_order and shipping_ordered(g.id) > 0
            and (of_shipment is null or exists (select from shipment_line l where l.shipment = of_shipment and l.order_line = g.id))
            and not coalesce((select i.stage in ('passed', 'waived') from inspection_report i
                where i.order_id = of_order and (i.kind in ('final', 'third_party') or i.kind = 're_inspection'
                        and exists (select from inspection_report e where e.order_id = i.order_id
                            and e.number < i.number and e.kind in ('final', 'third_party')))
                    and (not exists (select from inspection_lot t where t.inspection = i.id)
                        or exists (select from inspection_lot t where t.inspection = i.id and t.order_line = g.id))
                order by i.number desc limit 1), false))
$$;
