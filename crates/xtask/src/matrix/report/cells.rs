//! The part of the report that shows every cell: a table for each engine and
//! pair of opener policies, hints down and outcomes across.

use std::collections::BTreeMap;
use std::fmt::Write;

use checkout_matrix::{Cell, Dimension as _, Engine, Hints, Opener, Outcome, Provider};

use super::{heading, of_engine, row, words};
use crate::matrix::results::{CellResult, Results};

const LEGEND: &str = "\
In a cell: the milliseconds from the provider's confirmation to the right figures on screen, and \
which hint came first; `right` where there is nothing to measure. A letter says why the hint of \
that row cannot come; the cell then ends by the poll. How each outcome ends stands in the first \
table; a cell that ended otherwise says so.
";

/// The tables, under a heading for each engine.
pub fn write(results: &Results) -> String {
    let reasons = Reasons::of(results);
    let mut text = LEGEND.to_owned();
    for (reason, letter) in &reasons.0 {
        let _ = write!(text, "\n({letter}) {reason}  ");
    }
    for engine in Engine::ALL {
        let _ = write!(text, "\n\n### {}\n", engine.title());
        if of_engine(results, engine).next().is_none() {
            text += "\nNo cell has run yet.";
            continue;
        }
        for &provider in Provider::ALL {
            let mut of_engine = of_engine(results, engine);
            if !of_engine.any(|(cell, _)| cell.provider == provider) {
                let _ = write!(text, "\nAt {}: no cell has run yet.\n", provider.title());
                continue;
            }
            for &portal in Opener::ALL {
                for &gateway in Opener::ALL {
                    let (of_portal, of_gateway) = (portal.word(), gateway.word());
                    let title = provider.title();
                    let _ = write!(
                        text,
                        "\nAt {title}: portal `{of_portal}`, provider `{of_gateway}`\n\n"
                    );
                    text += &table(results, &reasons, (engine, portal, gateway, provider));
                }
            }
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn table(
    results: &Results,
    reasons: &Reasons<'_>,
    (engine, portal, gateway, provider): (Engine, Opener, Opener, Provider),
) -> String {
    let mut table = String::new();
    heading(&mut table, "hint", &words::<Outcome>());
    for &hints in Hints::ALL {
        let mut cells = vec![hints.word().to_owned()];
        for &outcome in Outcome::ALL {
            let cell = Cell {
                engine,
                portal,
                gateway,
                hints,
                outcome,
                provider,
            };
            let result = results.at(&cell);
            cells.push(result.map_or_else(|| "not run".to_owned(), |result| reasons.cell(result)));
        }
        row(&mut table, &cells);
    }
    table
}

/// The reasons why hints cannot come, each with its letter.
struct Reasons<'a>(BTreeMap<&'a str, char>);

impl<'a> Reasons<'a> {
    fn of(results: &'a Results) -> Self {
        let reasons = results
            .all()
            .filter_map(|(_, result)| result.cannot.as_deref());
        let mut letters: BTreeMap<&str, char> = reasons.map(|reason| (reason, ' ')).collect();
        for ((_, letter), next) in letters.iter_mut().zip('a'..) {
            *letter = next;
        }
        Self(letters)
    }

    fn cell(&self, result: &CellResult) -> String {
        let mut text = match (result.wrong.is_empty(), result.ms) {
            (false, _) => format!("**wrong**, {}", result.ended),
            (true, Some(ms)) => format!("{ms} {}", result.first),
            (true, None) => "right".to_owned(),
        };
        let letter = result
            .cannot
            .as_deref()
            .and_then(|reason| self.0.get(reason));
        if let Some(letter) = letter {
            let _ = write!(text, " ({letter})");
        }
        text
    }
}
