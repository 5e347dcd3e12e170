-- Production: the order to each factory, and its progress.

create table production_order (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    factory uuid not null references factory on delete restrict,
    -- One number for each factory of the order; its revisions are counted from one.
    number int not null constraint production_order_number check (number > 0),
    revision int not null constraint production_order_revision check (revision > 0),
    stage text not null constraint production_order_stage check (stage in
        ('draft', 'issued', 'acknowledged', 'counter_proposed', 'accepted', 'declined', 'in_work', 'ready', 'closed', 'superseded', 'void')),
    version int not null default 1,
    -- When the stage was reached.
    since timestamptz,
    delivery_on date,
    place text not null default '',
    quality text not null default '',
    materials text not null default '',
    packing text not null default '',
    marks text not null default '',
    inspection text not null default '',
    remarks text not null default '',
    created_by uuid references person on delete restrict,
    edited_by uuid[] not null default '{}',
    -- The manager opened the gate, or let more be produced than is ordered; red from then on.
    override_reason text not null default '',
    override_by uuid references person on delete restrict,
    override_at timestamptz,
    -- The manager's yes to terms on trust belongs to one confirmed content: the hash of that proforma invoice.
    terms_hash bytea,
    terms_by uuid references person on delete restrict,
    terms_at timestamptz,
    -- Frozen at issue: everything the paper prints, and its hash.
    content jsonb,
    content_hash bytea,
    issued_at timestamptz,
    issued_to text not null default '',
    issued_channel text not null default '',
    -- The relay that brought it to the factory; acknowledged with it.
    relay uuid references relay on delete restrict,
    answered_at timestamptz,
    answered_by text not null default '',
    answered_channel text not null default '',
    answer_words text not null default '',
    evidence uuid references stored_file on delete restrict,
    -- What the factory proposed instead: {"delivery_on": …, "lines": [{"line": …, "quantity": …, "unit_price": …}]}
    counter jsonb,
    counter_hash bytea,
    -- Since when the goods are expected to be ready, as the factory last said.
    expected_on date,
    void_reason text not null default '',
    constraint production_order_revision_key unique (order_id, number, revision),
    constraint production_order_frozen check ((content is null) = (content_hash is null)),
    constraint production_order_override check (override_at is null or override_reason <> '')
);
-- One paper of a number in force, and one on our desk.
create unique index production_order_one_draft on production_order (order_id, number) where stage = 'draft';
create unique index production_order_one_in_force on production_order (order_id, number)
    where stage not in ('draft', 'superseded', 'void');
create index production_order_factory on production_order (factory);
select grant_app('select, insert, update', 'production_order');

create table production_order_line (
    id uuid primary key,
    production_order uuid not null references production_order on delete restrict,
    order_line uuid not null references order_line (id) on delete restrict,
    quantity numeric(18, 4) not null constraint production_order_line_quantity check (quantity > 0),
    -- What the factory is paid for one unit; never on a customer's page.
    unit_price numeric(18, 4) constraint production_order_line_price check (unit_price >= 0),
    -- What the factory has ready to go, as it said when it was ready.
    ready numeric(18, 4) constraint production_order_line_ready check (ready >= 0),
    constraint production_order_line_once unique (production_order, order_line)
);
create index production_order_line_order_line on production_order_line (order_line);
select grant_app('select, insert, update, delete', 'production_order_line');

-- What the factory said of its progress; a report belongs to the number, so that it outlives the revision.
create table progress_report (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    number int not null,
    on_day date not null,
    expected_on date,
    words text not null default '',
    -- Who said it at the factory, and how.
    who text not null,
    channel text not null,
    at timestamptz not null,
    person uuid references person on delete restrict
);
create index progress_report_order on progress_report (order_id, number, at);
select grant_app('select, insert', 'progress_report');

-- How much of a line has passed a stage by that day, counted from the beginning.
create table progress_line (
    report uuid not null references progress_report on delete restrict,
    order_line uuid not null references order_line (id) on delete restrict,
    stage text not null constraint progress_line_stage check (stage in
        ('material', 'cutting', 'assembly', 'finishing', 'packing')),
    quantity numeric(18, 4) not null constraint progress_line_quantity check (quantity >= 0),
    primary key (report, order_line, stage)
);
create index progress_line_order_line on progress_line (order_line);
select grant_app('select, insert', 'progress_line');

create table progress_photo (
    report uuid not null references progress_report on delete restrict,
    file uuid not null references stored_file on delete restrict,
    primary key (report, file)
);
select grant_app('select, insert', 'progress_photo');
