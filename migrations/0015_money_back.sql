-- Where the money of a payable went, as it was approved: the card of the account may read otherwise afterwards.
alter table payment add column paid_to text not null default '';

-- Money of a shipment's orders went back after this moment: an allocation was undone.
create function shipment_money_back(of_shipment uuid, since timestamptz) returns boolean language sql stable as $$
    select exists (select from receipt_allocation u where u.undoes is not null and u.at > since
        and u.order_id in (select l.order_id from shipment_line x join order_line l on l.id = x.order_line
            where x.shipment = of_shipment))
$$;

-- A form is verified, and a difference explained, of the money that was there then; money that went back asks for
-- another look.
create or replace function declaration_verified(of_declaration uuid) returns boolean language sql stable as $$
    select exists (select from verification_form f join customs_declaration d on d.id = f.declaration
            where f.declaration = of_declaration and f.stage = 'verified'
                and not shipment_money_back(d.shipment, f.stage_since))
        or exists (select from verification_matching m
            where m.declaration = of_declaration
                and (m.stage = 'difference_explained' and m.explained_received = verification_received(m.id)
                    or abs(verification_received(m.id) - m.declared) <= m.declared * m.tolerance / 100))
$$;
