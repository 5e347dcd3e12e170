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
    constraint production_order_revision_key unique (order_id, number, revision)
);
select grant_app('select, insert, update', 'production_order');

create table production_order_line (
    id uuid primary key,
    production_order uuid not null references production_order on delete restrict,
    order_line uuid not null references order_line (id) on delete restrict,
    quantity numeric(18, 4) not null constraint production_order_line_quantity check (quantity > 0),
    -- What the factory is paid for one unit; never on a customer's page.
    unit_price numeric(18, 4) constraint production_order_line_price check (unit_price >= 0)
);
select grant_app('select, insert, update, delete', 'production_order_line');
