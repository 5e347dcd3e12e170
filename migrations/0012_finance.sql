-- Finance: money received, settled and paid out.

create table receipt (
    id uuid primary key,
    number text not null constraint receipt_number_key unique,
    customer uuid references customer on delete restrict,
    received_on date not null,
    currency char(3) not null,
    amount numeric(18, 4) not null constraint receipt_amount check (amount > 0),
    version int not null default 1
);
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
    at timestamptz not null,
    person uuid not null references person on delete restrict
);
create index receipt_allocation_order on receipt_allocation (order_id);
create index receipt_allocation_receipt on receipt_allocation (receipt);
select grant_app('select, insert', 'receipt_allocation');

-- Money allocated to an order and not undone, in the order's currency.
create function order_money_in(of_order uuid) returns numeric language sql stable as $$
    select coalesce(sum(a.amount), 0) from receipt_allocation a where a.order_id = of_order
$$;
