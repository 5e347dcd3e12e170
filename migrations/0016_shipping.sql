-- Production orders, shipments and what slips: what the desk of shipping was missing.

-- The manager's yes to a revision that costs more or comes later than the one in force; the hash is of its day and lines.
alter table production_order
    add approved_hash bytea,
    add approved_by uuid references person on delete restrict,
    add approved_at timestamptz;

-- UN/LOCODE of the ports where the catalog knows them; empty where somebody typed a place of their own.
alter table shipment
    add loading_code text not null default '',
    add discharge_code text not null default '';
update shipment s set loading_code = p.code from port p where lower(p.name_en) = lower(s.loading_port)
    and not exists (select from port q where lower(q.name_en) = lower(p.name_en) and q.id <> p.id);
update shipment s set discharge_code = p.code from port p where lower(p.name_en) = lower(s.discharge_port)
    and not exists (select from port q where lower(q.name_en) = lower(p.name_en) and q.id <> p.id);

-- Seven digits that stay with a ship for life; a name changes.
alter table shipment add imo text not null default '';

-- The VAT invoice often comes after the money was asked for; what was approved stays as it was shown.
alter table payable add noted_invoice text not null default '';
