-- Desk: views of the orders list that people keep, and the figures that lists share.

create table saved_view (
    id uuid primary key,
    person uuid not null references person on delete restrict,
    name text not null check (name <> ''),
    -- The query string of the list, as the address carries it.
    query text not null,
    -- Seen by the colleagues of the same department too.
    shared boolean not null default false,
    at timestamptz not null,
    constraint saved_view_name_key unique (person, name)
);
select grant_app('select, insert, delete', 'saved_view');

-- Decimals of a currency's smallest unit (ISO 4217); the same list stands in base/money.rs.
create function minor_units(currency text) returns int language sql immutable as $$
    select case
        when currency in ('JPY', 'KRW', 'VND', 'CLP', 'ISK', 'PYG', 'UGX', 'XAF', 'XOF', 'XPF') then 0
        when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
        else 2 end
$$;

-- Sum of an order's lines, each rounded half-up once as a proforma invoice prints it. Nothing while a price is missing:
-- half a sum would be read as the whole.
-- The parameters are named apart from every column, which would be meant before them.
create function order_amount(of_order uuid, in_currency text) returns numeric language sql stable as $$
    select case when count(*) = count(l.unit_price)
        then sum(round(l.quantity * l.unit_price, minor_units(in_currency))) end
    from order_line l where l.order_id = of_order
$$;
