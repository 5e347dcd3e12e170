-- What the lists across desks narrow by.

-- A credit that runs and is in danger: a discrepancy stands open, or its goods have not left and ten days or fewer remain
-- of the latest day of shipment.
create function credit_at_risk(of_credit uuid, today date) returns boolean language sql stable as $$
    select l.stage not in ('exhausted', 'expired', 'cancelled') and (
        exists (select from credit_finding f where f.letter_of_credit = l.id
            and f.state in ('open', 'asked') and f.severity = 'discrepancy')
        or l.latest_shipment_on <= today + 10 and exists (
            select from letter_of_credit_order x join export_order o on o.id = x.order_id
            where x.letter_of_credit = l.id and o.condition = 'open' and o.step < 8))
    from letter_of_credit l where l.id = of_credit
$$;
