//! Card: what one kind of master data is: its fields, its words, its statements, who may change it.

use super::sql::Source;
use crate::base::{By, T, format};
use crate::history::Act;
use crate::people::{Deed, Relation};
use crate::web::{Faults, Fields, Page, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use std::future::Future;
use uuid::Uuid;

/// One kind of master data.
pub trait Card: Clone + Send + Sync + Sized + 'static {
    /// Where its pages live: `/customers`.
    const PLACE: &'static str;
    /// What its events belong to: `customer`.
    const KIND: &'static str;
    /// Adding, changing, archiving.
    const DEED: Deed;
    /// Reading, where not everybody at the door may.
    const SEEN_BY: Option<Deed> = None;

    fn words(t: T) -> Words;

    /// The name in its own first language, and the other one.
    fn names(&self) -> (&str, &str);

    /// How somebody stands to it.
    fn relation(&self, _by: &By) -> Relation {
        Relation::none()
    }

    /// A new one as this person enters it, with what goes without saying filled in.
    #[must_use]
    fn entered_by(self, _by: &By) -> Self {
        self
    }

    /// What a new one starts with.
    fn blank(by: &By) -> Self;

    /// The fields of its form; `new` has those that later change by an act of their own.
    fn form(
        db: &mut PgConnection,
        t: T,
        new: bool,
    ) -> impl Future<Output = Result<Vec<Section>>> + Send;

    fn put(&self, fields: &mut Fields);
    fn read(fields: &Fields, faults: &mut Faults) -> Self;

    /// The card with what it takes from others where its own fields were left empty.
    fn filled(self, _db: &mut PgConnection) -> impl Future<Output = Result<Self>> + Send {
        async { Ok(self) }
    }

    fn source() -> Source;
    fn heads(t: T) -> Vec<&'static str>;

    /// The cells of a list, from what the source reads.
    fn cells(_t: T, cells: Vec<String>) -> Vec<String> {
        cells
    }

    fn find(
        db: &mut PgConnection,
        code: &str,
    ) -> impl Future<Output = Result<Option<Stored<Self>>>> + Send;

    fn insert(&self, act: &mut Act, id: Uuid) -> impl Future<Output = Result<String>> + Send;

    /// False where the version moved meanwhile.
    fn update(
        &self,
        act: &mut Act,
        id: Uuid,
        rev: i32,
    ) -> impl Future<Output = Result<bool>> + Send;

    fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// Cards that may be the same thing entered before; asked once before a new one is added.
    fn alike(&self, _db: &mut PgConnection) -> impl Future<Output = Result<Vec<Alike>>> + Send {
        async { Ok(Vec::new()) }
    }

    /// What its page shows beside its own fields.
    fn beside(
        _db: &mut PgConnection,
        _by: &By,
        _page: &Page,
        _stored: &Stored<Self>,
    ) -> impl Future<Output = Result<Beside>> + Send {
        async { Ok(Beside::default()) }
    }
}

/// A card as it lies in the drawer.
#[derive(Clone, Debug)]
pub struct Stored<C> {
    pub id: Uuid,
    /// Its piece of the address.
    pub code: String,
    pub version: i32,
    pub archived_at: Option<DateTime<Utc>>,
    pub card: C,
}

impl<C: Card> Stored<C> {
    pub fn url(&self) -> String {
        format!("{}/{}", C::PLACE, crate::web::routes::percent(&self.code))
    }

    pub fn thing(&self) -> super::Thing {
        super::Thing::new(C::KIND, self.id)
    }

    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        self.card.put(&mut fields);
        fields
    }

    /// Only these fields: what a form of it may carry.
    pub fn fields_of(&self, names: &[&str]) -> Fields {
        let all = self.fields();
        let mut fields = Fields::default();
        for name in names {
            fields.set(name, all.get(name));
        }
        fields
    }
}

/// The words of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Customers
    pub title: &'static str,
    /// New customer
    pub new: &'static str,
    /// Name, e-mail …: what search looks in
    pub search: &'static str,
    /// What will stand here once there is one.
    pub never: &'static str,
    /// No customer matches
    pub none: &'static str,
}

/// Fields of a form that belong together.
#[derive(Clone, Debug)]
pub struct Section {
    pub title: &'static str,
    pub fields: Vec<Field>,
    /// One thing of several alike: its fields stand side by side, and where nothing is typed it may stand closed.
    pub alike: bool,
}

impl Section {
    pub fn new(title: &'static str, fields: Vec<Field>) -> Self {
        Self {
            title,
            fields,
            alike: false,
        }
    }

    pub fn alike(title: &'static str, fields: Vec<Field>) -> Self {
        Self {
            title,
            fields,
            alike: true,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub optional: bool,
    /// Language of what is typed there.
    pub lang: &'static str,
    pub shape: Shape,
}

#[derive(Clone, Debug)]
pub enum Shape {
    Line,
    /// A code or number: figures of one width.
    Code,
    Area(usize),
    Choice(Vec<(String, String)>, &'static str),
    Check,
    /// A figure with its unit behind it.
    Figure(&'static str),
    Day,
}

impl Field {
    fn new(name: &'static str, label: &'static str, shape: Shape) -> Self {
        Self {
            name,
            label,
            hint: "",
            optional: false,
            lang: "",
            shape,
        }
    }

    pub fn line(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Line)
    }

    pub fn code(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Code)
    }

    pub fn area(name: &'static str, label: &'static str, rows: usize) -> Self {
        Self::new(name, label, Shape::Area(rows))
    }

    /// `first`: the word of the empty choice, when there is one.
    pub fn choice(
        name: &'static str,
        label: &'static str,
        choices: Vec<(String, String)>,
        first: &'static str,
    ) -> Self {
        Self::new(name, label, Shape::Choice(choices, first))
    }

    pub fn check(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Check)
    }

    pub fn figure(name: &'static str, label: &'static str, unit: &'static str) -> Self {
        Self::new(name, label, Shape::Figure(unit))
    }

    pub fn day(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Shape::Day)
    }

    #[must_use]
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    #[must_use]
    pub fn lang(mut self, lang: &'static str) -> Self {
        self.lang = lang;
        self
    }

    /// The value as a reader sees it: the word of a choice, yes or no, the figure with its unit.
    pub fn shown(&self, value: &str, t: T) -> String {
        match &self.shape {
            Shape::Choice(choices, _) => choices
                .iter()
                .find(|(code, _)| code == value)
                .map_or_else(|| value.to_owned(), |(_, word)| word.clone()),
            Shape::Check if value == "yes" => t.records_yes().to_owned(),
            Shape::Check => t.records_no().to_owned(),
            Shape::Figure(unit) => {
                let grouped = value
                    .parse()
                    .map_or_else(|_| value.to_owned(), format::quantity);
                format!("{grouped} {unit}").trim_end().to_owned()
            }
            _ => value.to_owned(),
        }
    }

    pub fn is_code(&self) -> bool {
        matches!(self.shape, Shape::Code | Shape::Figure(_) | Shape::Day)
    }
}

/// A card that may be the same thing.
#[derive(Clone, Debug)]
pub struct Alike {
    pub href: String,
    pub name: String,
    pub under: String,
}

/// What a card's page shows beside its fields.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    pub facts: Vec<(&'static str, String)>,
    pub acts: Vec<(String, &'static str)>,
    pub panels: Vec<Panel>,
    /// Address of its picture.
    pub picture: Option<String>,
    /// Words that events of this kind use beside the names of its fields, with their labels.
    pub labels: Vec<(&'static str, &'static str)>,
}

/// A small table on a card's page: contacts, accounts.
#[derive(Clone, Debug)]
pub struct Panel {
    pub id: &'static str,
    pub title: &'static str,
    pub heads: Vec<&'static str>,
    pub rows: Vec<PanelRow>,
    /// What stands there while it is empty.
    pub never: &'static str,
    /// Where a row is added, for who may.
    pub add: Option<(String, &'static str)>,
}

impl Panel {
    /// Rows to read, none of them changed here.
    pub fn plain(
        (id, title): (&'static str, &'static str),
        heads: Vec<&'static str>,
        rows: Vec<Vec<String>>,
    ) -> Self {
        let row = |cells| PanelRow {
            href: None,
            archived: false,
            cells,
        };
        Self {
            id,
            title,
            heads,
            rows: rows.into_iter().map(row).collect(),
            never: "",
            add: None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct PanelRow {
    /// Where it is changed, for who may.
    pub href: Option<String>,
    pub archived: bool,
    pub cells: Vec<String>,
}
