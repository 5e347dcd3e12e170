-- Papers handed over to finance, verification and the tax rebate.

-- Exports from this day on need no verification form; the company's setting may name another day.
create function verification_regime(exported date) returns text language sql stable as $$
    select case when exported < coalesce(
        (select (s.value ->> 'matching_from')::date from setting s where s.key = 'verification'), date '2012-08-01')
        then 'paper_form' else 'matching' end
$$;

-- One to a shipment; the row comes with its first paper, until then it is expected by the house.
create table hand_over (
    id uuid primary key,
    shipment uuid not null constraint hand_over_shipment_key unique references shipment on delete restrict,
    stage text not null constraint hand_over_stage check (stage in
        ('expected', 'returned', 'handed_over', 'sent_back', 'taken')),
    -- Why it was handed over although papers were missing.
    missing_reason text not null default '',
    sent_back_words text not null default '',
    handed_over_at timestamptz,
    handed_over_by uuid references person on delete restrict,
    taken_at timestamptz,
    taken_by uuid references person on delete restrict,
    stage_since timestamptz not null,
    version int not null default 1,
    constraint hand_over_taken check ((stage = 'taken') = (taken_at is not null))
);
select grant_app('select, insert, update', 'hand_over');

create table hand_over_paper (
    hand_over uuid not null references hand_over on delete restrict,
    kind text not null constraint hand_over_paper_kind check (kind in
        ('declaration', 'verification_form', 'transport_document', 'invoice', 'packing_list', 'bank_slip')),
    returned_on date not null,
    returned_from text not null,
    file uuid references stored_file on delete restrict,
    at timestamptz not null,
    person uuid not null references person on delete restrict,
    primary key (hand_over, kind)
);
select grant_app('select, insert, update', 'hand_over_paper');

-- 核销单, for exports of the days when the state asked for it: one to a declaration.
create table verification_form (
    id uuid primary key,
    declaration uuid not null constraint verification_form_declaration_key unique references customs_declaration on delete restrict,
    number text not null,
    stage text not null constraint verification_form_stage check (stage in ('issued', 'returned', 'verified')),
    issued_on date not null,
    returned_on date,
    returned_from text not null default '',
    verified_on date,
    stage_since timestamptz not null,
    version int not null default 1,
    constraint verification_form_number_key unique (number),
    constraint verification_form_days check ((stage = 'issued') = (returned_on is null) and (stage = 'verified') = (verified_on is not null))
);
select grant_app('select, insert, update', 'verification_form');

-- Today's 核销: what was declared against the money that came in for it.
create table verification_matching (
    id uuid primary key,
    declaration uuid not null constraint verification_matching_declaration_key unique references customs_declaration on delete restrict,
    stage text not null constraint verification_matching_stage check (stage in ('matched', 'difference_explained')),
    -- FOB, or FOB with freight and insurance where the customer pays them.
    declared numeric(18, 4) not null constraint verification_matching_declared check (declared > 0),
    currency char(3) not null,
    -- Percent of what was declared that may differ.
    tolerance numeric(5, 2) not null default 1 check (tolerance between 0 and 100),
    -- What had been received when the difference was explained.
    explained_received numeric(18, 4),
    explanation text not null default '',
    matched_at timestamptz not null,
    stage_since timestamptz not null,
    version int not null default 1,
    constraint verification_matching_explained check ((stage = 'difference_explained') = (explained_received is not null))
);
select grant_app('select, insert, update', 'verification_matching');

-- Which part of which allocation counts for this declaration; written anew with each matching.
create table verification_receipt (
    matching uuid not null references verification_matching on delete restrict,
    allocation uuid not null references receipt_allocation on delete restrict,
    amount numeric(18, 4) not null constraint verification_receipt_amount check (amount > 0),
    primary key (matching, allocation)
);
create index verification_receipt_allocation on verification_receipt (allocation);
select grant_app('select, insert, delete', 'verification_receipt');

-- Money laid against a declaration and still there: an allocation that was undone counts no more.
create function verification_received(of_matching uuid) returns numeric language sql stable as $$
    select coalesce(sum(r.amount), 0) from verification_receipt r
    where r.matching = of_matching
        and not exists (select from receipt_allocation u where u.undoes = r.allocation)
$$;

-- Whether nothing is left to verify of this declaration, whichever regime it is of.
create function declaration_verified(of_declaration uuid) returns boolean language sql stable as $$
    select exists (select from verification_form f where f.declaration = of_declaration and f.stage = 'verified')
        or exists (select from verification_matching m
            where m.declaration = of_declaration
                and (m.stage = 'difference_explained'
                    or abs(verification_received(m.id) - m.declared) <= m.declared * m.tolerance / 100))
$$;

-- The claim 退税申报 of a shipment, or of some of its declarations.
create table rebate_claim (
    id uuid primary key,
    shipment uuid not null references shipment on delete restrict,
    sequence int not null constraint rebate_claim_sequence check (sequence > 0),
    stage text not null constraint rebate_claim_stage check (stage in
        ('collecting', 'complete', 'declared', 'queried', 'approved', 'received', 'rejected', 'turned_exempt', 'taxed', 'not_applicable')),
    -- 视同收汇: why it may be declared although the money is not matched.
    receipts_reason text not null default '',
    batch text not null default '',
    declared_on date,
    query_words text not null default '',
    queried_on date,
    approved_amount numeric(18, 2) constraint rebate_claim_approved check (approved_amount >= 0),
    approved_on date,
    received_amount numeric(18, 2) constraint rebate_claim_received check (received_amount > 0),
    received_on date,
    -- Why it ended otherwise: rejected, exempt, taxed, not applicable.
    end_reason text not null default '',
    stage_since timestamptz not null,
    version int not null default 1,
    constraint rebate_claim_sequence_key unique (shipment, sequence),
    constraint rebate_claim_money check ((stage = 'received') = (received_on is not null)
        and (stage not in ('approved', 'received') or approved_amount is not null)
        and (stage not in ('declared', 'queried', 'approved', 'received', 'rejected') or declared_on is not null))
);
select grant_app('select, insert, update', 'rebate_claim');

create table rebate_claim_declaration (
    claim uuid not null references rebate_claim on delete restrict,
    declaration uuid not null references customs_declaration on delete restrict,
    primary key (claim, declaration)
);
create index rebate_claim_declaration_declaration on rebate_claim_declaration (declaration);
select grant_app('select, insert', 'rebate_claim_declaration');

-- 增值税专用发票 of the purchase. Rates in percent; the rebate rate as the table said on the day of the export.
create table rebate_invoice (
    id uuid primary key,
    claim uuid not null references rebate_claim on delete restrict,
    number text not null,
    supplier text not null,
    dated date not null,
    hs_code text not null,
    quantity numeric(18, 4) not null constraint rebate_invoice_quantity check (quantity > 0),
    unit text not null,
    -- 价税合计
    gross numeric(18, 2) not null constraint rebate_invoice_gross check (gross > 0),
    vat_rate numeric(5, 2) not null check (vat_rate between 0 and 100),
    rebate_rate numeric(5, 2) not null check (rebate_rate between 0 and 100),
    treatment text not null check (treatment in ('refund', 'exempt', 'taxed')),
    file uuid references stored_file on delete restrict,
    at timestamptz not null,
    person uuid not null references person on delete restrict
);
create index rebate_invoice_claim on rebate_invoice (claim);
select grant_app('select, insert, delete', 'rebate_invoice');

-- 备案单证: where each class lies, or why it need not be there.
create table rebate_filing (
    claim uuid not null references rebate_claim on delete restrict,
    class text not null constraint rebate_filing_class check (class in ('contracts', 'transport', 'delegation')),
    place text not null default '',
    reason text not null default '',
    primary key (claim, class),
    constraint rebate_filing_said check (place <> '' or reason <> '')
);
select grant_app('select, insert, update, delete', 'rebate_filing');

-- When an order was closed, and whether something was recorded on it afterwards.
create table order_closing (
    order_id uuid primary key references export_order on delete restrict,
    at timestamptz not null,
    person uuid not null references person on delete restrict,
    late_at timestamptz
);
select grant_app('select, insert, update', 'order_closing');
