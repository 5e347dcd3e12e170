-- What went wrong in production, what was changed, what was inspected.

create table inspection_report (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    number int not null constraint inspection_report_number check (number > 0),
    kind text not null constraint inspection_report_kind check (kind in ('inline', 'final', 'third_party', 're_inspection')),
    stage text not null constraint inspection_report_stage check (stage in
        ('planned', 'done', 'passed', 'failed', 'pending', 'waived')),
    version int not null default 1,
    constraint inspection_report_number_key unique (order_id, number)
);
select grant_app('select, insert, update', 'inspection_report');
