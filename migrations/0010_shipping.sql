-- Shipping: a shipment 出运 is a root of its own with lines of one or more orders of one customer and department.

create table shipment_counter (
    year int primary key,
    last int not null
);
select grant_app('select, insert, update', 'shipment_counter');

create table shipment (
    id uuid primary key,
    number text not null constraint shipment_number_key unique,
    customer uuid not null references customer on delete restrict,
    department uuid not null references department on delete restrict,
    mode text not null constraint shipment_mode check (mode in ('sea_fcl', 'sea_lcl', 'air', 'rail', 'road', 'courier')),
    stage text not null constraint shipment_stage check (stage in
        ('planned', 'asked', 'booked', 'documents_sent', 'gated_in', 'customs_released', 'departed', 'arrived', 'warned', 'rebooked', 'cancelled')),
    stage_since timestamptz,
    currency char(3) not null,
    forwarder uuid references forwarder on delete restrict,
    -- Container types and numbers wanted, as it is said to the forwarder: 1×40HQ.
    equipment text not null default '',
    -- When the cargo is ready by the last forecast.
    ready_on date,
    wanted_on date,
    loading_port text not null default '',
    discharge_port text not null default '',
    destination text not null default '',
    booking_no text not null default '',
    carrier text not null default '',
    -- Vessel, flight, train or truck, with its voyage or its plate.
    vessel text not null default '',
    voyage text not null default '',
    etd date,
    eta date,
    -- The cut-offs of the mode, as the forwarder gives them; those before the last change stay readable.
    si_cutoff timestamptz,
    vgm_cutoff timestamptz,
    cy_cutoff timestamptz,
    customs_cutoff timestamptz,
    old_cutoffs jsonb not null default '{}',
    -- What of the customs set 报关资料 is checked: invoice, packing_list, elements, contract, power_of_attorney.
    customs_set text[] not null default '{}',
    documents_sent_at timestamptz,
    documents_sent_to text not null default '',
    -- After the cut-off: counted.
    documents_late boolean not null default false,
    gated_in_on date,
    gated_in_early text not null default '',
    released_on date,
    -- The day the carrier took the goods on board: credit, rebate and regime count from it.
    on_board_on date,
    arrived_on date,
    -- Words of the last warning, roll, shut-out or cancellation.
    reason text not null default '',
    rolled int not null default 0,
    created_by uuid references person on delete restrict,
    created_at timestamptz not null,
    version int not null default 1,
    constraint shipment_has_left check (stage not in ('departed', 'arrived') or on_board_on is not null),
    constraint shipment_has_arrived check (stage <> 'arrived' or arrived_on >= on_board_on)
);
create index shipment_newest on shipment (created_at desc, id desc);
create index shipment_customer on shipment (customer);
select grant_app('select, insert, update', 'shipment');

create table shipment_line (
    id uuid primary key,
    shipment uuid not null references shipment on delete restrict,
    order_line uuid not null references order_line (id) on delete restrict,
    quantity numeric(18, 4) not null constraint shipment_line_quantity check (quantity > 0),
    -- The packing list 装箱单: totals of this line.
    cartons int constraint shipment_line_cartons check (cartons >= 0),
    gross_kg numeric(12, 3) constraint shipment_line_gross check (gross_kg >= 0),
    net_kg numeric(12, 3) constraint shipment_line_net check (net_kg >= 0),
    cbm numeric(12, 3) constraint shipment_line_cbm check (cbm >= 0),
    constraint shipment_line_key unique (shipment, order_line),
    constraint shipment_line_net_below_gross check (net_kg <= gross_kg)
);
create index shipment_line_order_line on shipment_line (order_line);
select grant_app('select, insert, update, delete', 'shipment_line');

-- What was loaded 装柜; loose cargo is one row with the warehouse's or the carrier's receipt for a number.
create table shipment_container (
    id uuid primary key,
    shipment uuid not null references shipment on delete restrict,
    number text not null,
    -- The check digit does not fit and somebody said that the number is right all the same.
    odd_number boolean not null default false,
    kind text not null constraint shipment_container_kind check (kind in ('20GP', '40GP', '40HQ', '45HQ', 'loose')),
    seal text not null default '',
    cartons int not null constraint shipment_container_cartons check (cartons > 0),
    gross_kg numeric(12, 3) not null constraint shipment_container_gross check (gross_kg > 0),
    cbm numeric(12, 3) not null constraint shipment_container_cbm check (cbm > 0),
    -- Method 1 weighs, method 2 adds up; the weighed mass, or dunnage and tare.
    vgm_method smallint constraint shipment_container_vgm_method check (vgm_method in (1, 2)),
    weighed_kg numeric(12, 3) constraint shipment_container_weighed check (weighed_kg >= 0),
    tare_kg numeric(12, 3) constraint shipment_container_tare check (tare_kg >= 0),
    dunnage_kg numeric(12, 3) constraint shipment_container_dunnage check (dunnage_kg >= 0),
    vgm_kg numeric(12, 3) constraint shipment_container_vgm check (vgm_kg > 0),
    signed_by text not null default '',
    version int not null default 1,
    constraint shipment_container_key unique (shipment, number)
);
select grant_app('select, insert, update, delete', 'shipment_container');

-- One or more to a shipment; the rebate and the matching count from it.
create table customs_declaration (
    id uuid primary key,
    shipment uuid not null references shipment on delete restrict,
    sequence int not null constraint customs_declaration_sequence check (sequence > 0),
    stage text not null constraint customs_declaration_stage check (stage in
        ('draft', 'sent_to_broker', 'declared', 'inspected', 'released', 'cleared', 'amended', 'revoked', 'shut_out', 'void')),
    stage_since timestamptz,
    -- Eighteen digits, given by the customs.
    number text not null default '',
    -- The export date 出口日期 printed on the declaration.
    exported_on date,
    -- What is declared, FOB, in the declaration's currency.
    fob_amount numeric(18, 4) constraint customs_declaration_fob check (fob_amount > 0),
    currency char(3),
    broker text not null default '',
    -- Declaration elements 申报要素, item by item.
    elements text not null default '',
    declared_on date,
    released_on date,
    cleared_on date,
    words text not null default '',
    created_by uuid references person on delete restrict,
    version int not null default 1,
    constraint customs_declaration_sequence_key unique (shipment, sequence),
    constraint customs_declaration_numbered check (stage in ('draft', 'sent_to_broker', 'void') or number <> '')
);
create unique index customs_declaration_number on customs_declaration (number) where number <> '' and stage not in ('revoked', 'void');
select grant_app('select, insert, update', 'customs_declaration');

-- Bill of lading 提单 or waybill 运单: one to a shipment.
create table transport_document (
    id uuid primary key,
    shipment uuid not null constraint transport_document_shipment unique references shipment on delete restrict,
    stage text not null constraint transport_document_stage check (stage in
        ('instructions_sent', 'draft_received', 'checked', 'sent_to_customer', 'confirmed', 'correction_asked', 'issued', 'released')),
    stage_since timestamptz,
    -- Fields of the instructions 补料 and of the newest draft, by their names.
    instructions jsonb not null default '{}',
    draft jsonb not null default '{}',
    draft_revision int not null default 0,
    -- Differences waived by name: {"marks": "agreed with the customer"}
    waivers jsonb not null default '{}',
    instructions_sent_at timestamptz,
    copy_sent_at timestamptz,
    answered_on date,
    answered_by text not null default '',
    answer_words text not null default '',
    number text not null default '',
    issued_on date,
    -- How the goods are had: originals, telex, waybill.
    form text not null default '' constraint transport_document_form check (form in ('', 'originals', 'telex', 'waybill')),
    originals smallint constraint transport_document_originals check (originals between 1 and 9),
    released_at timestamptz,
    early_reason text not null default '',
    created_by uuid not null references person on delete restrict,
    edited_by uuid[] not null default '{}',
    version int not null default 1,
    constraint transport_document_was_issued check (stage not in ('issued', 'released') or (number <> '' and form <> '' and issued_on is not null)),
    constraint transport_document_was_released check ((stage = 'released') = (released_at is not null)),
    constraint transport_document_originals_count check ((form = 'originals') = (originals is not null))
);
select grant_app('select, insert, update', 'transport_document');

-- What is owed of a line: the confirmed proforma invoice says it, before that the order's own line; less what was short-closed.
create function shipping_ordered(line uuid) returns numeric language sql stable as $$
    select greatest(0, coalesce(
        (select (c ->> 'quantity')::numeric from order_line l join proforma_invoice p on p.order_id = l.order_id and p.stage = 'confirmed'
            cross join lateral jsonb_array_elements(p.content -> 'lines') c where l.id = line and c ->> 'line' = line::text),
        (select l.quantity from order_line l where l.id = line))
        - (select l.short_closed from order_line l where l.id = line))
$$;

-- The unit price a shipment is invoiced at, from the same source.
create function shipping_price(line uuid) returns numeric language sql stable as $$
    select coalesce(
        (select (c ->> 'unit_price')::numeric from order_line l join proforma_invoice p on p.order_id = l.order_id and p.stage = 'confirmed'
            cross join lateral jsonb_array_elements(p.content -> 'lines') c where l.id = line and c ->> 'line' = line::text),
        (select l.unit_price from order_line l where l.id = line))
$$;

-- Whether the relay that a fact made has been passed on to everybody it is addressed to.
create function relay_passed(of_order uuid, of_kind text, key text) returns boolean language sql stable as $$
    select exists (select from relay r where r.order_id = of_order and r.kind = of_kind and r.subject_key = key
        and r.withdrawn_at is null
        and not exists (select from relay_receipt t where t.relay = r.id and t.passed_at is null))
$$;
