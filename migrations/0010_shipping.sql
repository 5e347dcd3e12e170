-- Shipping: a shipment 出运 is a root of its own with lines of one or more orders of one customer and department.

create table shipment (
    id uuid primary key,
    number text not null constraint shipment_number_key unique,
    customer uuid not null references customer on delete restrict,
    department uuid not null references department on delete restrict,
    mode text not null constraint shipment_mode check (mode in ('sea_fcl', 'sea_lcl', 'air', 'rail', 'road', 'courier')),
    stage text not null constraint shipment_stage check (stage in
        ('planned', 'asked', 'booked', 'documents_sent', 'gated_in', 'customs_released', 'departed', 'arrived', 'warned', 'rebooked', 'cancelled')),
    currency char(3) not null,
    etd date,
    eta date,
    -- The day the carrier took the goods on board: credit, rebate and regime count from it.
    on_board_on date,
    created_at timestamptz not null,
    version int not null default 1
);
select grant_app('select, insert, update', 'shipment');

create table shipment_line (
    id uuid primary key,
    shipment uuid not null references shipment on delete restrict,
    order_line uuid not null references order_line (id) on delete restrict,
    quantity numeric(18, 4) not null constraint shipment_line_quantity check (quantity > 0),
    constraint shipment_line_key unique (shipment, order_line)
);
create index shipment_line_order_line on shipment_line (order_line);
select grant_app('select, insert, update, delete', 'shipment_line');

-- One or more to a shipment; the rebate and the matching count from it.
create table customs_declaration (
    id uuid primary key,
    shipment uuid not null references shipment on delete restrict,
    sequence int not null constraint customs_declaration_sequence check (sequence > 0),
    stage text not null constraint customs_declaration_stage check (stage in
        ('draft', 'sent_to_broker', 'declared', 'inspected', 'released', 'cleared', 'amended', 'revoked', 'shut_out', 'void')),
    -- Eighteen digits, given by the customs.
    number text not null default '',
    -- The export date 出口日期 printed on the declaration.
    exported_on date,
    -- What is declared, FOB, in the declaration's currency.
    fob_amount numeric(18, 4),
    currency char(3),
    version int not null default 1,
    constraint customs_declaration_sequence_key unique (shipment, sequence)
);
select grant_app('select, insert, update', 'customs_declaration');
