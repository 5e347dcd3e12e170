-- Customs release, goods left behind, and the clock a cut-off was typed by.

alter table shipment
    -- Why the customs let the goods go without a declaration of ours; empty where there is one.
    add undeclared text not null default '',
    -- When the carrier left the goods behind or the port gave them back: what was declared before names the vessel that left.
    add left_behind_at timestamptz,
    -- Zone of the clock by which the cut-offs were typed; the port's entry in the catalog may be corrected afterwards.
    add cutoff_zone text not null default '';

-- The paper the newest draft came on.
alter table transport_document add draft_file uuid references stored_file on delete restrict;
