-- Finance: money received, settled and paid out.

-- Numbers R26-0001 of receipts and P26-0001 of payables, by year.
create table finance_counter (
    kind text not null constraint finance_counter_kind check (kind in ('receipt', 'payable')),
    year int not null,
    last int not null,
    primary key (kind, year)
);
select grant_app('select, insert, update', 'finance_counter');

-- What our bank credited: `amount` is what came in, `bank_charges` what banks on the way have kept.
create table receipt (
    id uuid primary key,
    number text not null constraint receipt_number_key unique,
    customer uuid references customer on delete restrict,
    received_on date not null,
    currency char(3) not null,
    amount numeric(18, 4) not null constraint receipt_amount check (amount > 0),
    bank_charges numeric(18, 4) not null default 0 constraint receipt_bank_charges check (bank_charges >= 0),
    payer text not null default '',
    account uuid references bank_account on delete restrict,
    bank_reference text not null default '',
    -- What the payer wrote for us.
    message text not null default '',
    evidence uuid references stored_file on delete restrict,
    imported boolean not null default false,
    recorded_at timestamptz,
    recorded_by uuid references person on delete restrict,
    version int not null default 1
);
create unique index receipt_bank_reference_key on receipt (account, bank_reference) where bank_reference <> '';
create index receipt_received_on on receipt (received_on desc, number desc);
create index receipt_customer on receipt (customer);
select grant_app('select, insert, update', 'receipt');

-- What of a receipt belongs to an order, and there to a shipment. Never changed: undone by a row that points at it.
create table receipt_allocation (
    id uuid primary key,
    receipt uuid not null references receipt on delete restrict,
    order_id uuid not null references export_order on delete restrict,
    shipment uuid references shipment on delete restrict,
    kind text not null constraint receipt_allocation_kind check (kind in ('deposit', 'balance', 'credit')),
    -- Negative in the row that undoes another.
    amount numeric(18, 4) not null constraint receipt_allocation_amount check (amount <> 0),
    undoes uuid constraint receipt_allocation_undone_once unique references receipt_allocation on delete restrict,
    -- Only what was reversed can be allocated again; the rest of the outcomes is money gone, or ours for good.
    outcome text constraint receipt_allocation_outcome check (outcome in ('reversed', 'refunded', 'returned_by_bank', 'kept')),
    words text not null default '',
    at timestamptz not null,
    person uuid not null references person on delete restrict,
    constraint receipt_allocation_undoing check ((undoes is null) = (amount > 0) and (outcome is null or undoes is not null))
);
create index receipt_allocation_order on receipt_allocation (order_id);
create index receipt_allocation_receipt on receipt_allocation (receipt);
select grant_app('select, insert', 'receipt_allocation');

-- Of a receipt: what no order holds and was not given back or kept.
create function receipt_free(of_receipt uuid) returns numeric language sql stable as $$
    select r.amount - coalesce((select sum(a.amount) from receipt_allocation a
        where a.receipt = r.id and (a.undoes is null or coalesce(a.outcome, 'reversed') = 'reversed')), 0)
    from receipt r where r.id = of_receipt
$$;

-- Locks the receipt, so that two allocations at one moment cannot both find the same money.
create function receipt_allocation_fits() returns trigger language plpgsql as $$
declare
    undone receipt_allocation%rowtype;
    currency_of_receipt text;
begin
    select r.currency::text into currency_of_receipt from receipt r where r.id = new.receipt for update;
    if receipt_free(new.receipt) < 0 then
        raise exception 'receipt % has not that much money', new.receipt
            using errcode = '23514', constraint = 'receipt_allocation_within_receipt';
    end if;
    if not exists (select from export_order o where o.id = new.order_id and o.currency::text = currency_of_receipt) then
        raise exception 'order % is in another currency', new.order_id
            using errcode = '23514', constraint = 'receipt_allocation_currency';
    end if;
    if new.undoes is not null then
        select * into strict undone from receipt_allocation a where a.id = new.undoes;
        if undone.undoes is not null or undone.receipt <> new.receipt or undone.order_id <> new.order_id
            or undone.amount + new.amount <> 0 then
            raise exception 'allocation % is undone by a row of its own', new.undoes
                using errcode = '23514', constraint = 'receipt_allocation_pair';
        end if;
    end if;
    return null;
end $$;
create constraint trigger receipt_allocation_fits after insert on receipt_allocation
    for each row execute function receipt_allocation_fits();

-- Money allocated to an order and not undone, in the order's currency.
create function order_money_in(of_order uuid) returns numeric language sql stable as $$
    select coalesce(sum(a.amount), 0) from receipt_allocation a where a.order_id = of_order
$$;

-- What banks may keep of a payment before it counts as short (setting `bank_charge_tolerance`, by currency).
create function bank_charge_tolerance(of_currency text) returns numeric language sql stable as $$
    select coalesce((select (s.value ->> of_currency)::numeric from setting s where s.key = 'bank_charge_tolerance'),
        case of_currency when 'USD' then 50 when 'EUR' then 50 when 'GBP' then 40 when 'JPY' then 7500 else 0 end)
$$;

-- Goods of an order in a shipment, at the prices of the confirmed proforma invoice and less its discount.
create function order_shipped_value(of_order uuid, of_shipment uuid) returns numeric language sql stable as $$
    select round(coalesce(sum(s.quantity * (l.value ->> 'unit_price')::numeric), 0)
        * (1 - coalesce(max((p.content #>> '{wording,discount_percent}')::numeric), 0) / 100),
        minor_units((select o.currency::text from export_order o where o.id = of_order)))
    from proforma_invoice p
    cross join lateral jsonb_array_elements(p.content -> 'lines') l
    join shipment_line s on s.order_line = (l.value ->> 'line')::uuid and s.shipment = of_shipment
    where p.order_id = of_order and p.stage = 'confirmed'
$$;

-- What was short-closed of an order, at the same prices.
create function order_given_up(of_order uuid) returns numeric language sql stable as $$
    select round(coalesce(sum(g.short_closed * (l.value ->> 'unit_price')::numeric), 0)
        * (1 - coalesce(max((p.content #>> '{wording,discount_percent}')::numeric), 0) / 100),
        minor_units((select o.currency::text from export_order o where o.id = of_order)))
    from proforma_invoice p
    cross join lateral jsonb_array_elements(p.content -> 'lines') l
    join order_line g on g.id = (l.value ->> 'line')::uuid
    where p.order_id = of_order and p.stage = 'confirmed'
$$;

-- Everything invoiced of an order: its goods in shipments that were not cancelled.
create function order_invoiced(of_order uuid) returns numeric language sql stable as $$
    select coalesce(sum(order_shipped_value(of_order, h.id)), 0) from shipment h
    where h.stage <> 'cancelled' and exists (select from shipment_line s join order_line l on l.id = s.order_line
        where s.shipment = h.id and l.order_id = of_order)
$$;

-- Nothing is left to ship of an order, the tolerance and what was short-closed allowed for; `also` is a shipment that is
-- counted although it has not left yet.
create function order_shipped_out(of_order uuid, also uuid) returns boolean language sql stable as $$
    select not exists (select from order_line g join export_order o on o.id = g.order_id
        where g.order_id = of_order and shipping_ordered(g.id) * (1 - o.tolerance / 100) > coalesce((
            select sum(l.quantity) from shipment_line l join shipment s on s.id = l.shipment
            where l.order_line = g.id and (s.id = also or s.stage in ('departed', 'arrived'))), 0))
$$;

-- What the customer owes in all: the confirmed total less what was short-closed, and more where more was invoiced within
-- the tolerance; once nothing is left to ship, what was invoiced.
create function order_owed(of_order uuid) returns numeric language sql stable as $$
    select case when order_invoiced(of_order) > 0 and order_shipped_out(of_order, null) then order_invoiced(of_order)
        else greatest(p.total - order_given_up(of_order), order_invoiced(of_order)) end
    from proforma_invoice p where p.order_id = of_order and p.stage = 'confirmed'
$$;

-- Foreign exchange settled 结汇 or retained 原币 of a receipt. Never changed: undone by a row that points at it.
create table settlement (
    id uuid primary key,
    receipt uuid not null references receipt on delete restrict,
    kind text not null constraint settlement_kind check (kind in ('settled', 'retained')),
    -- In the receipt's currency; negative in the row that undoes another.
    amount numeric(18, 4) not null constraint settlement_amount check (amount <> 0),
    -- CNY for one unit, and what came of it, rounded once.
    rate numeric(18, 6) constraint settlement_rate check (rate > 0),
    cny numeric(18, 2),
    -- The rate of the receipt's day, and the difference it makes in CNY; none where no rate was kept.
    booked_rate numeric(18, 6),
    difference numeric(18, 2),
    bank text not null default '',
    settled_on date not null,
    undoes uuid constraint settlement_undone_once unique references settlement on delete restrict,
    words text not null default '',
    at timestamptz not null,
    person uuid not null references person on delete restrict,
    constraint settlement_undoing check ((undoes is null) = (amount > 0)),
    constraint settlement_of_kind check ((kind = 'settled') = (rate is not null and cny is not null))
);
create index settlement_receipt on settlement (receipt);
select grant_app('select, insert', 'settlement');

-- Of a receipt: what is neither settled nor retained nor gone back. Our own currency is never settled.
create function receipt_to_settle(of_receipt uuid) returns numeric language sql stable as $$
    select case when r.currency = 'CNY' then 0 else r.amount
        - coalesce((select sum(s.amount) from settlement s where s.receipt = r.id), 0)
        + coalesce((select sum(a.amount) from receipt_allocation a
            where a.receipt = r.id and a.outcome in ('refunded', 'returned_by_bank')), 0) end
    from receipt r where r.id = of_receipt
$$;

create function settlement_fits() returns trigger language plpgsql as $$
declare
    undone settlement%rowtype;
begin
    perform from receipt r where r.id = new.receipt for update;
    if new.undoes is null then
        if receipt_to_settle(new.receipt) < 0 then
            raise exception 'receipt % has not that much money', new.receipt
                using errcode = '23514', constraint = 'settlement_within_receipt';
        end if;
    else
        select * into strict undone from settlement s where s.id = new.undoes;
        if undone.undoes is not null or undone.receipt <> new.receipt or undone.amount + new.amount <> 0 then
            raise exception 'settlement % is undone by a row of its own', new.undoes
                using errcode = '23514', constraint = 'settlement_pair';
        end if;
    end if;
    return null;
end $$;
create constraint trigger settlement_fits after insert on settlement for each row execute function settlement_fits();

-- A bank's list on its way to becoming receipts.
create table receipt_import (
    id uuid primary key,
    person uuid not null references person on delete restrict,
    account uuid not null references bank_account on delete restrict,
    file uuid not null references stored_file on delete restrict,
    -- Cells put right by hand, by their place, and rows left out: {"E7": "6.40", "row 9": "out"}
    answers jsonb not null default '{}',
    taken_at timestamptz,
    at timestamptz not null,
    version int not null default 1
);
create index receipt_import_person on receipt_import (person, at desc);
select grant_app('select, insert, update', 'receipt_import');

-- An instalment was asked of the customer; closed when that much has come in.
create table payment_asking (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    shipment uuid references shipment on delete restrict,
    amount numeric(18, 4) not null constraint payment_asking_amount check (amount > 0),
    -- Money that has to be in for the asking to be answered.
    target numeric(18, 4) not null constraint payment_asking_target check (target > 0),
    due_on date not null,
    at timestamptz not null,
    person uuid not null references person on delete restrict
);
create index payment_asking_order on payment_asking (order_id);
select grant_app('select, insert', 'payment_asking');

-- What we owe for an order: to a factory, a forwarder, somebody else.
create table payable (
    id uuid primary key,
    number text not null constraint payable_number_key unique,
    order_id uuid not null references export_order on delete restrict,
    shipment uuid references shipment on delete restrict,
    kind text not null constraint payable_kind check (kind in ('factory', 'forwarder', 'other')),
    factory uuid references factory on delete restrict,
    forwarder uuid references forwarder on delete restrict,
    -- Who is paid, as written when it is no card.
    payee text not null default '',
    account uuid references payee_account on delete restrict,
    currency char(3) not null,
    amount numeric(18, 4) not null constraint payable_amount check (amount > 0),
    due_on date not null,
    invoice_owed boolean not null default false,
    vat_invoice text not null default '',
    words text not null default '',
    stage text not null constraint payable_stage check (stage in
        ('draft', 'asked', 'returned', 'approved', 'paid', 'reversed', 'void')),
    content_hash bytea,
    created_by uuid not null references person on delete restrict,
    created_at timestamptz not null,
    edited_by uuid[] not null default '{}',
    asked_by uuid references person on delete restrict,
    stage_at timestamptz not null,
    returned_words text not null default '',
    approved_by uuid[] not null default '{}',
    version int not null default 1,
    constraint payable_payee check (case kind when 'factory' then factory is not null and forwarder is null
        when 'forwarder' then forwarder is not null and factory is null
        else factory is null and forwarder is null and payee <> '' end)
);
create index payable_order on payable (order_id);
create index payable_due on payable (due_on, number);
select grant_app('select, insert, update', 'payable');

-- Money that left for a payable. Never changed: undone by a row that points at it.
create table payment (
    id uuid primary key,
    payable uuid not null references payable on delete restrict,
    amount numeric(18, 4) not null constraint payment_amount check (amount <> 0),
    paid_on date not null,
    bank text not null default '',
    bank_reference text not null default '',
    undoes uuid constraint payment_undone_once unique references payment on delete restrict,
    words text not null default '',
    at timestamptz not null,
    person uuid not null references person on delete restrict,
    constraint payment_undoing check ((undoes is null) = (amount > 0))
);
create index payment_payable on payment (payable);
select grant_app('select, insert', 'payment');

create function payment_fits() returns trigger language plpgsql as $$
declare
    undone payment%rowtype;
begin
    perform from payable p where p.id = new.payable for update;
    if (select sum(m.amount) from payment m where m.payable = new.payable)
        > (select p.amount from payable p where p.id = new.payable)
        or exists (select from payable p where p.id = new.payable and new.undoes is null and new.person = any(p.approved_by)) then
        raise exception 'payable % is not paid twice, nor by who approved it', new.payable
            using errcode = '23514', constraint = 'payment_within_payable';
    end if;
    if new.undoes is not null then
        select * into strict undone from payment m where m.id = new.undoes;
        if undone.undoes is not null or undone.payable <> new.payable or undone.amount + new.amount <> 0 then
            raise exception 'payment % is undone by a row of its own', new.undoes
                using errcode = '23514', constraint = 'payment_pair';
        end if;
    end if;
    return null;
end $$;
create constraint trigger payment_fits after insert on payment for each row execute function payment_fits();
