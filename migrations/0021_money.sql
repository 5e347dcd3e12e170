-- Money: recorded charges of banks, instalments by their amounts, and which goods the deposit pays for.

-- What may be missing of an order's money because banks kept it: the charges recorded with its receipts, each by what of
-- the receipt the order holds; the tolerance where that is more, since not every bank says what it kept.
create function bank_charge_allowance(of_order uuid) returns numeric language sql stable as $$
    select greatest(bank_charge_tolerance(o.currency::text), coalesce((
        select sum(round(r.bank_charges * own.amount / r.amount, 4))
        from (select a.receipt, sum(a.amount) as amount from receipt_allocation a where a.order_id = o.id group by a.receipt) own
        join receipt r on r.id = own.receipt), 0))
    from export_order o where o.id = of_order
$$;

-- The amounts of the confirmed instalments, in their order.
create function order_instalments(of_order uuid) returns numeric[] language sql stable as $$
    select coalesce((select array_agg((s.value ->> 'amount')::numeric order by s.place)
        from proforma_invoice p cross join lateral jsonb_array_elements(p.content -> 'schedule') with ordinality s (value, place)
        where p.order_id = of_order and p.stage = 'confirmed'), '{}')
$$;

-- The deposit is taken off the last goods of an order, and not off each shipment by its value (setting `deposit`).
create function deposit_on_last() returns boolean language sql stable as $$
    select coalesce((select s.value ->> 'credited' = 'on_last' from setting s where s.key = 'deposit'), false)
$$;
