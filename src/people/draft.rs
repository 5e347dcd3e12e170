//! Draft: a person as the administrator's form carries her: read, drawn, compared with what is stored.

use super::department::Department;
use super::set_up;
use super::staff::Person;
use crate::base::{DepartmentId, Lang, Role, Roles, T, pinyin};
use crate::history::event::Change;
use crate::web::{Faults, Fields, Page};

/// What the form may carry; roles are boxes of their own, so that a refused form comes back box by box.
pub(super) const FIELDS: [&str; 12] = [
    "name_zh",
    "name_en",
    "email",
    "phone",
    "lang",
    "department",
    "leads[]",
    "role_salesperson",
    "role_order_operator",
    "role_manager",
    "role_finance",
    "role_admin",
];

/// A person as typed and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub name_zh: String,
    pub name_en: String,
    pub email: String,
    pub phone: String,
    /// None: as it is, or Chinese for a new colleague.
    pub lang: Option<Lang>,
    pub roles: Roles,
    pub department: Option<DepartmentId>,
    pub leads: Vec<(DepartmentId, i16)>,
}

/// Reads the form: who trades belongs to a department, who leads one is a manager.
pub(super) fn read(fields: &Fields, departments: &[DepartmentId]) -> Result<Draft, Faults> {
    let mut faults = Faults::default();
    for name in ["name_zh", "name_en"] {
        if fields.get(name).is_empty() || fields.get(name).chars().count() > 120 {
            faults.add(name, missing(name));
        }
    }
    let email = fields.get("email").to_lowercase();
    if !set_up::is_email(&email) {
        faults.add("email", T::people_email_wrong);
    }
    let lang = reached(fields, &mut faults);
    let held = |role: &Role| !fields.get(&role_field(*role)).is_empty();
    let roles = Roles::new(Role::ALL.into_iter().filter(held));
    if roles.is_empty() {
        faults.add("roles", T::people_role_missing);
    }
    let department: Option<DepartmentId> = fields.get("department").parse().ok();
    let department = department.filter(|own| departments.contains(own));
    if department.is_none() && roles.any_of(&[Role::Salesperson, Role::OrderOperator]) {
        faults.add("department", T::people_department_missing);
    }
    let leads = read_leads(fields, departments);
    if !leads.is_empty() && !roles.has(Role::Manager) {
        faults.add("leads", T::people_leads_need_manager);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Draft {
        name_zh: fields.get("name_zh").to_owned(),
        name_en: fields.get("name_en").to_owned(),
        email,
        phone: fields.get("phone").to_owned(),
        lang,
        roles,
        department,
        leads,
    })
}

/// How she is called up and spoken to; the language is none where the form does not say.
fn reached(fields: &Fields, faults: &mut Faults) -> Option<Lang> {
    if fields.get("phone").chars().count() > 60 {
        faults.add("phone", T::people_phone_long);
    }
    let lang = Lang::parse(fields.get("lang"));
    if lang.is_none() && !fields.get("lang").is_empty() {
        faults.add("lang", T::people_lang_unknown);
    }
    lang
}

/// What a colleague is found by beside her names as they are written.
pub(super) fn spelled(name_zh: &str, name_en: &str) -> String {
    pinyin::search_text(&[name_zh, name_en])
}

/// What to fill in, by name: the summary above the form shows no field beside it.
fn missing(name: &str) -> fn(T) -> &'static str {
    match name {
        "name_zh" => T::people_name_zh_missing,
        _ => T::people_name_en_missing,
    }
}

fn read_leads(fields: &Fields, departments: &[DepartmentId]) -> Vec<(DepartmentId, i16)> {
    let mut leads: Vec<(DepartmentId, i16)> = departments
        .iter()
        .filter_map(|led| match fields.get(&lead_field(*led)) {
            "1" => Some((*led, 1)),
            "2" => Some((*led, 2)),
            _ => None,
        })
        .collect();
    leads.sort_by_key(|(led, _)| led.0);
    leads
}

fn role_field(role: Role) -> String {
    format!("role_{}", role.code())
}

fn lead_field(department: DepartmentId) -> String {
    format!("leads[{department}]")
}

/// The form as it is stored, to be drawn or compared with what was typed.
pub(super) fn stored_fields(person: &Person, leads: &[(DepartmentId, i16)]) -> Fields {
    let mut fields = Fields::default();
    fields.set("name_zh", &person.name_zh);
    fields.set("name_en", &person.name_en);
    fields.set("email", &person.email);
    fields.set("phone", &person.phone);
    fields.set("lang", person.lang.code());
    let department = person.department.map(|own| own.to_string());
    fields.set("department", department.unwrap_or_default());
    for role in person.roles.iter() {
        fields.set(&role_field(role), "yes");
    }
    for (led, level) in leads {
        fields.set(&lead_field(*led), level.to_string());
    }
    fields
}

/// One box of the roles.
pub(super) struct RoleBox {
    pub name: String,
    pub label: &'static str,
    pub hint: &'static str,
    pub on: bool,
}

/// How a person stands to one department.
pub(super) struct Lead {
    pub name: String,
    pub label: String,
    pub level: String,
}

/// The parts of the form that both pages show.
pub(super) struct FormView {
    pub fields: Fields,
    pub roles: Vec<RoleBox>,
    pub leads: Vec<Lead>,
    pub departments: Vec<(String, String)>,
}

pub(super) fn form_view(fields: Fields, departments: &[Department], page: &Page) -> FormView {
    let t = page.t;
    let roles = Role::ALL
        .into_iter()
        .map(|role| RoleBox {
            label: role.label(t),
            hint: sentence(role, t),
            on: !fields.get(&role_field(role)).is_empty(),
            name: role_field(role),
        })
        .collect();
    let leads = departments
        .iter()
        .map(|one| Lead {
            label: one.name(page.lang).to_owned(),
            level: fields.get(&lead_field(one.id)).to_owned(),
            name: lead_field(one.id),
        })
        .collect();
    let departments = departments
        .iter()
        .map(|one| (one.id.to_string(), one.name(page.lang).to_owned()))
        .collect();
    FormView {
        fields,
        roles,
        leads,
        departments,
    }
}

/// What a role may, in one sentence.
fn sentence(role: Role, t: T) -> &'static str {
    match role {
        Role::Salesperson => t.people_role_salesperson_does(),
        Role::OrderOperator => t.people_role_order_operator_does(),
        Role::Manager => t.people_role_manager_does(),
        Role::Finance => t.people_role_finance_does(),
        Role::Admin => t.people_role_admin_does(),
    }
}

/// What is different, in words that are read later in either language.
pub(super) fn changes(
    held: &Person,
    leads: &[(DepartmentId, i16)],
    draft: &Draft,
    departments: &[Department],
) -> Vec<Change> {
    let name = |id: DepartmentId| {
        let found = departments.iter().find(|one| one.id == id);
        found.map_or_else(|| id.to_string(), |one| one.name_zh.clone())
    };
    let led = |leads: &[(DepartmentId, i16)]| {
        let one = |(id, level): &(DepartmentId, i16)| format!("{} {level}", name(*id));
        leads.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let own = |id: Option<DepartmentId>| id.map(name).unwrap_or_default();
    [
        Change::between("name_zh", &held.name_zh, &draft.name_zh),
        Change::between("name_en", &held.name_en, &draft.name_en),
        Change::between("email", &held.email, &draft.email),
        Change::between("phone", &held.phone, &draft.phone),
        Change::between(
            "lang",
            held.lang.code(),
            draft.lang.unwrap_or(held.lang).code(),
        ),
        Change::between(
            "roles",
            &held.roles.codes().join(", "),
            &draft.roles.codes().join(", "),
        ),
        Change::between("department", &own(held.department), &own(draft.department)),
        Change::between("leads", &led(leads), &led(&draft.leads)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The form in words: its fields, its boxes, departments by name.
pub(super) fn words(departments: &[Department], page: &Page) -> Vec<(String, String)> {
    let t = page.t;
    let own = |name: &str, word: &str| (name.to_owned(), word.to_owned());
    let mut words = vec![
        own("name_zh", t.people_name_zh()),
        own("name_en", t.people_name_en()),
        own("email", t.people_email()),
        own("phone", t.people_phone()),
        own("lang", t.people_language()),
        own("department", t.people_department()),
        own("yes", t.people_yes()),
        own("1", t.people_lead_1()),
        own("2", t.people_lead_2()),
    ];
    words.extend(
        Role::ALL
            .iter()
            .map(|role| (role_field(*role), role.label(t).to_owned())),
    );
    for one in departments {
        let name = one.name(page.lang);
        words.push((one.id.to_string(), name.to_owned()));
        words.push((lead_field(one.id), t.people_leads_one(name)));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::staff::Standing;
    use super::*;
    use crate::base::PersonId;

    fn department(last: u128) -> DepartmentId {
        DepartmentId(uuid::Uuid::from_u128(last))
    }

    fn fields(more: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        fields.set("name_zh", "江予宁");
        fields.set("name_en", "Jiang Yuning");
        fields.set("email", "Jiang@Hanyu.example");
        for (name, value) in more {
            fields.set(name, *value);
        }
        fields
    }

    fn wrong(more: &[(&str, &str)]) -> Vec<String> {
        let known = [department(1), department(2)];
        let faults = read(&fields(more), &known).unwrap_err();
        faults.iter().map(|fault| fault.field.clone()).collect()
    }

    #[test]
    fn a_manager_may_lead_departments_at_two_levels() {
        let (one, two) = (department(1), department(2));
        let typed = fields(&[
            ("role_manager", "yes"),
            (&lead_field(one), "1"),
            (&lead_field(two), "2"),
        ]);
        let draft = read(&typed, &[two, one]).unwrap();
        assert_eq!(draft.email, "jiang@hanyu.example");
        assert_eq!(draft.leads, [(one, 1), (two, 2)]);
        assert_eq!(draft.department, None);
    }

    #[test]
    fn who_trades_belongs_to_a_department() {
        assert_eq!(wrong(&[("role_salesperson", "yes")]), ["department"]);
        let unknown = department(9).to_string();
        let typed = [
            ("role_order_operator", "yes"),
            ("department", unknown.as_str()),
        ];
        assert_eq!(wrong(&typed), ["department"]);
    }

    #[test]
    fn who_leads_is_a_manager_and_everybody_has_a_role() {
        let led = lead_field(department(1));
        assert_eq!(wrong(&[("role_finance", "yes"), (&led, "2")]), ["leads"]);
        assert_eq!(wrong(&[]), ["roles"]);
    }

    #[test]
    fn names_and_address_are_asked_for() {
        let long = "长".repeat(121);
        let typed = [
            ("role_admin", "yes"),
            ("name_zh", long.as_str()),
            ("name_en", " "),
            ("email", "nobody"),
        ];
        assert_eq!(wrong(&typed), ["name_zh", "name_en", "email"]);
    }

    #[test]
    fn what_is_stored_is_read_back_as_it_was() {
        let one = department(1);
        let person = Person {
            id: PersonId(uuid::Uuid::nil()),
            email: "a@b.example".into(),
            name_zh: "沈".into(),
            name_en: "Shen".into(),
            phone: "0574 5550 0101".into(),
            lang: Lang::En,
            roles: Roles::new([Role::Manager, Role::OrderOperator]),
            department: Some(one),
            standing: Standing::Active,
            version: 3,
        };
        let draft = read(&stored_fields(&person, &[(one, 2)]), &[one]).unwrap();
        assert_eq!(draft.roles, person.roles);
        assert!(changes(&person, &[(one, 2)], &draft, &[]).is_empty());
        let told = changes(&person, &[], &draft, &[]);
        assert_eq!(told.len(), 1);
        assert_eq!(
            told.first().map(|change| change.field.as_str()),
            Some("leads")
        );
    }
}
