//! Coverage: what the customer has confirmed against what the factories have been given.
//!
//! A number counts once: by its revision in force, or by its draft while nothing of it is in force. Production orders
//! never cover more than is ordered unless the manager says so (lifecycle 7.3).

use super::paper::ProductionOrder;
use super::stage::Stage;
use crate::base::LineId;
use crate::proforma::content::{Content as Ordered, ContentLine};
use rust_decimal::Decimal;

/// One ordered line with what the factories have of it.
#[derive(Clone, Debug)]
pub struct Row {
    pub line: LineId,
    pub name: String,
    pub description_zh: String,
    pub description_en: String,
    pub unit: String,
    pub ordered: Decimal,
    /// Given by papers in force.
    pub covered: Decimal,
    /// Lies on our desk as drafts.
    pub drafted: Decimal,
    pub ready: Decimal,
}

impl Row {
    /// Still to be given to a factory, drafts counted.
    pub fn left(&self) -> Decimal {
        (self.ordered - self.covered - self.drafted).max(Decimal::ZERO)
    }

    pub fn is_covered(&self) -> bool {
        self.covered >= self.ordered
    }

    /// What is missing of it, drafts not counted.
    pub fn missing(&self) -> Decimal {
        (self.ordered - self.covered).max(Decimal::ZERO)
    }
}

/// Every ordered line, in the order of the proforma invoice.
pub fn rows(ordered: &Ordered, papers: &[ProductionOrder]) -> Vec<Row> {
    ordered.lines.iter().map(|line| row(line, papers)).collect()
}

fn row(line: &ContentLine, papers: &[ProductionOrder]) -> Row {
    let sum = |of: &dyn Fn(&ProductionOrder) -> bool| -> Decimal {
        let given = papers.iter().filter(|paper| of(paper));
        given.filter_map(|paper| counts(paper, line.line)).sum()
    };
    let ready = papers
        .iter()
        .filter(|paper| paper.stage.in_force())
        .flat_map(|paper| &paper.lines)
        .filter(|given| given.line == line.line)
        .filter_map(|given| given.ready)
        .sum();
    Row {
        line: line.line,
        name: line.name(),
        description_zh: line.description_zh.clone(),
        description_en: line.description_en.clone(),
        unit: line.unit.clone(),
        ordered: line.quantity,
        covered: sum(&|paper| paper.stage.in_force()),
        drafted: sum(&|paper| paper.stage == Stage::Draft && !replaces(paper, papers)),
        ready,
    }
}

/// What a paper gives of a line. One that is closed gives what was ready: nothing more comes from that factory, and what
/// is missing beyond the tolerance can be given to another.
fn counts(paper: &ProductionOrder, line: LineId) -> Option<Decimal> {
    let given = paper.lines.iter().find(|given| given.line == line)?;
    let tolerance = paper.content.as_ref().map(|content| content.tolerance);
    Some(match given.ready {
        Some(ready)
            if paper.stage == Stage::Closed
                && ready < given.quantity
                && !within(ready, given.quantity, tolerance.unwrap_or_default()) =>
        {
            ready
        }
        _ => given.quantity,
    })
}

/// A draft beside a revision in force takes its place, and is not counted twice.
fn replaces(draft: &ProductionOrder, papers: &[ProductionOrder]) -> bool {
    papers
        .iter()
        .any(|paper| paper.key.number == draft.key.number && paper.stage.in_force())
}

/// What all others in force give of a line; `paper` and the revision it replaces are left out.
pub fn others(line: LineId, paper: &ProductionOrder, papers: &[ProductionOrder]) -> Decimal {
    papers
        .iter()
        .filter(|other| other.stage.in_force() && other.key.number != paper.key.number)
        .filter_map(|other| counts(other, line))
        .sum()
}

/// Lines of which more would be in force than is ordered, by name.
pub fn too_much(
    ordered: &Ordered,
    paper: &ProductionOrder,
    papers: &[ProductionOrder],
) -> Vec<String> {
    let over = |line: &&ContentLine| {
        let given = paper.quantity_of(line.line).unwrap_or_default();
        given > Decimal::ZERO && given + others(line.line, paper, papers) > line.quantity
    };
    let found = ordered.lines.iter().filter(over);
    found.map(ContentLine::name).collect()
}

/// Whether a quantity lies within the more-or-less of another; the percentage is either way.
pub fn within(quantity: Decimal, of: Decimal, tolerance: Decimal) -> bool {
    let off = of * tolerance / Decimal::ONE_HUNDRED;
    quantity >= of - off && quantity <= of + off
}

#[cfg(test)]
mod tests {
    use super::super::paper::Key;
    use super::super::paper::sample as paper;
    use super::*;

    fn ordered() -> ContentLine {
        super::super::gate::tests::line(0, 2_000)
    }

    fn numbered(number: i32, revision: i32, stage: Stage) -> ProductionOrder {
        ProductionOrder {
            key: Key { number, revision },
            ..paper(stage)
        }
    }

    #[test]
    fn only_papers_in_force_cover_and_a_draft_leaves_less() {
        let papers = [
            numbered(1, 1, Stage::Issued),
            numbered(2, 1, Stage::Draft),
            numbered(3, 1, Stage::Void),
        ];
        let row = row(&ordered(), &papers);
        assert_eq!(row.covered, Decimal::from(1_200));
        assert_eq!(row.drafted, Decimal::from(1_200));
        assert_eq!(row.left(), Decimal::ZERO);
        assert_eq!(row.missing(), Decimal::from(800));
        assert!(!row.is_covered());
    }

    #[test]
    fn the_next_revision_is_not_counted_beside_the_one_it_replaces() {
        let papers = [numbered(1, 1, Stage::InWork), numbered(1, 2, Stage::Draft)];
        let row = row(&ordered(), &papers);
        assert_eq!(row.drafted, Decimal::ZERO);
        assert_eq!(row.left(), Decimal::from(800));
        assert_eq!(others(row.line, &papers[1], &papers), Decimal::ZERO);
    }

    #[test]
    fn the_tolerance_is_a_percentage_either_way() {
        let (of, three) = (Decimal::from(1_000), Decimal::from(3));
        assert!(within(Decimal::from(970), of, three));
        assert!(within(Decimal::from(1_030), of, three));
        assert!(!within(Decimal::from(969), of, three));
        assert!(!within(Decimal::from(1_031), of, three));
    }
}
