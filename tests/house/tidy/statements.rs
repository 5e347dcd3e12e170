//! Statements 语句: one clock, one writer a table, no order read around its reach.

use super::none;
use super::source::{File, files, rust};

/// Which folder writes which table.
const OWNERS: &[(&str, &[&str])] = &[
    ("history", &["event_stream", "event", "form_key", "refusal"]),
    ("jobs", &["job"]),
    (
        "people",
        &[
            "department",
            "person",
            "department_lead",
            "deputy",
            "session",
            "sign_in_failure",
            "one_time_link",
        ],
    ),
    (
        "parties",
        &[
            "customer",
            "factory",
            "payee_account",
            "forwarder",
            "contact",
            "legal_entity",
            "bank",
            "bank_account",
            "setting",
            "calendar_day",
        ],
    ),
    (
        "catalog",
        &[
            "port",
            "currency",
            "unit",
            "courier",
            "product",
            "exchange_rate",
            "rebate_rate",
            "payment_term",
        ],
    ),
    ("desk", &["saved_view", "hand_task", "snooze"]),
    (
        "orders",
        &[
            "order_counter",
            "export_order",
            "order_line",
            "order_remark",
            "order_latch",
            "order_step",
            "open_item",
            "order_search",
            "order_intake",
            "customer_mapping",
            "order_closing",
            "order_split",
        ],
    ),
    ("documents", &["stored_file", "issued_paper"]),
    (
        "relay",
        &["relay", "relay_line", "relay_file", "relay_receipt"],
    ),
    ("approvals", &["approval", "approval_opinion"]),
    (
        "samples",
        &[
            "sample_note",
            "sample_file",
            "sample_receipt",
            "parcel",
            "parcel_sample",
            "sample_verdict",
        ],
    ),
    ("proforma", &["proforma_invoice"]),
    (
        "production",
        &[
            "production_order",
            "production_order_line",
            "progress_report",
            "progress_line",
            "progress_photo",
            "inspection_report",
            "inspection_lot",
            "inspection_file",
            "issue",
            "issue_line",
            "issue_message",
            "issue_file",
            "change_order",
            "change_order_field",
            "change_order_line",
            "change_order_production",
        ],
    ),
    (
        "shipping",
        &[
            "shipment_counter",
            "shipment",
            "shipment_line",
            "shipment_container",
            "shipment_resale",
            "customs_declaration",
            "transport_document",
        ],
    ),
    (
        "finance",
        &[
            "finance_counter",
            "receipt",
            "receipt_allocation",
            "receipt_import",
            "settlement",
            "payment_asking",
            "payable",
            "payment",
            "hand_over",
            "hand_over_paper",
            "verification_form",
            "verification_matching",
            "verification_receipt",
            "rebate_claim",
            "rebate_claim_declaration",
            "rebate_invoice",
            "rebate_filing",
        ],
    ),
    (
        "credits",
        &[
            "credit_counter",
            "letter_of_credit",
            "letter_of_credit_order",
            "credit_finding",
            "credit_amendment",
            "credit_drawing",
            "presentation",
            "presentation_paper",
            "presentation_answer",
        ],
    ),
];

/// Words that ask the machine what time it is.
const CLOCKS: &[&str] = &[
    "now()",
    "current_date",
    "current_timestamp",
    "current_time",
    "localtimestamp",
    "clock_timestamp()",
    "statement_timestamp()",
    "transaction_timestamp()",
];

/// The moment of a request, of a command and of a job are read here, and nowhere else.
const READS_THE_CLOCK: &[(&str, usize)] = &[("src/people/sql.rs", 2), ("src/jobs/mod.rs", 1)];

fn owner(table: &str) -> Option<&'static str> {
    OWNERS
        .iter()
        .find(|(_, tables)| tables.contains(&table))
        .map(|(folder, _)| *folder)
}

/// Tables a text writes to: after `insert into`, `update`, `delete from`, `truncate`.
fn written(text: &str) -> Vec<String> {
    let words: Vec<&str> = text
        .split(|sign: char| sign.is_whitespace() || sign == '(')
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let next = |by: usize| words.get(place + by).copied().unwrap_or("");
        let before = place.checked_sub(1).and_then(|at| words.get(at)).copied();
        let table = match *word {
            "insert" if next(1) == "into" => next(2),
            "delete" if next(1) == "from" => next(2),
            "truncate" => next(1),
            "update" if !matches!(before, Some("for" | "do" | "no")) => next(1),
            _ => continue,
        };
        let name: String = table
            .chars()
            .take_while(|sign| sign.is_ascii_lowercase() || *sign == '_')
            .collect();
        if !name.is_empty() {
            found.push(name);
        }
    }
    found
}

fn is_statement(text: &str) -> bool {
    let head = text.trim_start();
    ["select ", "insert ", "update ", "delete ", "with "]
        .iter()
        .any(|word| head.starts_with(word))
}

fn statements() -> Vec<(File, Vec<(usize, String)>)> {
    rust("src")
        .into_iter()
        .map(|file| {
            let strings = file.strings();
            (
                file,
                strings
                    .into_iter()
                    .filter(|(_, text)| is_statement(text))
                    .collect(),
            )
        })
        .collect()
}

#[test]
fn each_table_is_written_by_one_folder_only() {
    let mut wrong = Vec::new();
    for (file, found) in statements() {
        for (line, text) in found {
            for table in written(&text) {
                match owner(&table) {
                    Some(folder) if folder == file.folder() => {}
                    Some(folder) => wrong.push(format!(
                        "{}:{line}: `{table}` is written by src/{folder} only; call its door",
                        file.path
                    )),
                    None => wrong.push(format!(
                        "{}:{line}: say in tidy/statements.rs which folder writes `{table}`",
                        file.path
                    )),
                }
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_table_has_a_folder_that_writes_it() {
    let mut made = Vec::new();
    for file in files("migrations", "sql") {
        for line in file.text.lines() {
            if let Some(rest) = line.strip_prefix("create table ") {
                made.push(rest.split([' ', '(']).next().unwrap_or("").to_owned());
            }
        }
    }
    let lost = made
        .iter()
        .filter(|table| owner(table).is_none())
        .map(|table| format!("{table}: say in tidy/statements.rs which folder writes it"));
    let named = OWNERS.iter().flat_map(|(_, tables)| tables.iter());
    let gone = named
        .filter(|table| !made.iter().any(|own| own == *table))
        .map(|table| format!("{table} is named in tidy/statements.rs but no migration makes it"));
    none(&lost.chain(gone).collect::<Vec<_>>());
}

/// What a file says to the database: the strings of a source, the lines of a migration.
fn texts(file: &File) -> Vec<(usize, String)> {
    if file.path.starts_with("src/") {
        return file.strings();
    }
    let lines = file.text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim_start().starts_with("--"))
        .map(|(place, line)| (place + 1, line.to_owned()))
        .collect()
}

#[test]
fn nobody_asks_the_machine_what_time_it_is() {
    let mut found = Vec::new();
    for file in rust("src").iter().chain(&files("migrations", "sql")) {
        let strings = texts(file);
        let asked: Vec<usize> = strings
            .iter()
            .flat_map(|(line, text)| {
                let count = CLOCKS.iter().map(|clock| text.matches(clock).count()).sum();
                std::iter::repeat_n(*line, count)
            })
            .collect();
        let may = READS_THE_CLOCK
            .iter()
            .find(|(path, _)| *path == file.path)
            .map_or(0, |(_, count)| *count);
        if asked.len() != may {
            found.push(format!(
                "{}: asks the clock in lines {asked:?}, may {may} times; hand the act's moment in as a parameter",
                file.path
            ));
        }
    }
    none(&found);
}

/// Statements that show orders in another way than by their reach: by whom they were asked of, handed to or decided
/// by. Each is bound to the person who reads.
const BOUND_TO_A_PERSON: &[&str] = &["src/approvals/cards_sql.rs", "src/people/sql.rs"];

#[test]
fn orders_are_read_within_reach_or_by_their_key() {
    let mut wrong = Vec::new();
    for (file, found) in statements() {
        if ["orders", "portal", "jobs"].contains(&file.folder()) {
            continue;
        }
        for (line, text) in found {
            let asks = text.contains(" export_order");
            let within = text.contains("order_in_reach(");
            let by_key = ["order_id = $", "o.id = $", "export_order where id = $"]
                .iter()
                .any(|key| text.contains(key));
            let bound = BOUND_TO_A_PERSON.contains(&file.path.as_str()) && text.contains("= $1");
            // Comparing what is stored with what it should be is the house's own look, and shows only differences.
            let verifies = file.path.ends_with("/verify.rs");
            if asks && !within && !by_key && !bound && !verifies {
                wrong.push(format!(
                    "{}:{line}: reads orders; ask order_in_reach(…) or take an Order",
                    file.path
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn writing_is_seen_and_locking_is_not_taken_for_it() {
    let text =
        "with x as (update job set a = 1 from b for update of job) insert into event (a) values (1)
        on conflict do update set a = 2; delete from session where b";
    assert_eq!(written(text), ["job", "event", "session"]);
}
