//! `docs/checkout-matrix.md`, written from results: values in, text out.

mod cells;

use std::collections::BTreeMap;
use std::fmt::Write;

use checkout_matrix::{Cell, Dimension, Engine, Hints, Outcome};

use super::results::{CellResult, Results};
use super::times::Times;

const HEAD: &str = "\
# The fault matrix of the checkout

`cargo xtask matrix` writes this page; it is not edited by hand. Each cell is one payment in a \
real browser: an engine, the `Cross-Origin-Opener-Policy` of the portal and of the payment \
provider, the hints that may reach the portal, and what happens at the provider. A hint that \
stands alone has a poll every 15 s behind it; `poll` alone asks every 3 s; `all` is how the \
portal comes. A cell is right when the portal ends right, has shown nothing wrong on the way, \
was not loaded anew, and the ledger has exactly one entry for money that came and none for \
money that did not.
";

const TIMES: &str = "
## Times

Milliseconds from the provider's confirmation to the right figures on screen, median / worst, \
over the cells in which the hint can come. They hold everything on the way: the provider's \
notification, the return page, the server's own question to the provider, and the machine that \
the cells ran on.

";

/// The whole page.
pub fn write(results: &Results) -> String {
    let mut page = HEAD.to_owned();
    // Writing to a `String` cannot fail, so the answers of `write!` say nothing here.
    let _ = writeln!(
        page,
        "\n{} of {} cells have run; wrong: {}.{}",
        results.count(),
        Cell::count(),
        results.wrong().count(),
        not_run(results)
    );
    page += "\n## By engine and outcome\n\nRight, of those that have run.\n\n";
    page += &summary(results);
    page += TIMES;
    page += &times_by_engine(results);
    page += "\nThe same by outcome, over all engines.\n\n";
    page += &times_by_outcome(results);
    page += "\n## Which hint came first\n\nIn how many cells.\n\n";
    page += &firsts(results);
    page += "\n## Where a hint cannot come\n\n";
    page += &cannot(results);
    page += "\n## What was wrong\n\n";
    page += &wrong(results);
    page += "\n## Every cell\n\n";
    page += &cells::write(results);
    page
}

/// A row of a table.
fn row(page: &mut String, cells: impl IntoIterator<Item = impl AsRef<str>>) {
    for cell in cells {
        let _ = write!(page, "| {} ", cell.as_ref());
    }
    page.push_str("|\n");
}

/// The first row, and the line under it.
fn heading(page: &mut String, first: &str, others: &[&str]) {
    row(page, std::iter::once(&first).chain(others));
    row(page, std::iter::repeat_n("---", others.len() + 1));
}

/// The words of a dimension.
fn words<D: Dimension>() -> Vec<&'static str> {
    D::ALL.iter().map(|value| value.word()).collect()
}

/// What is still to be run, in a sentence; nothing where all has run.
fn not_run(results: &Results) -> String {
    let left: Vec<String> = Engine::ALL
        .into_iter()
        .filter_map(|engine| {
            let run = of_engine(results, engine).count();
            let left = Cell::count_of_engine() - run;
            (left > 0).then(|| format!("{left} in {}", engine.title()))
        })
        .collect();
    if left.is_empty() {
        return String::new();
    }
    format!(" Not run yet: {}.", left.join(", "))
}

fn of_engine(results: &Results, engine: Engine) -> impl Iterator<Item = (&Cell, &CellResult)> {
    results.all().filter(move |(cell, _)| cell.engine == engine)
}

fn summary(results: &Results) -> String {
    let mut table = String::new();
    let engines = Engine::ALL.map(Engine::title);
    heading(
        &mut table,
        "outcome",
        &[&engines[..], &["ends as"]].concat(),
    );
    for &outcome in Outcome::ALL {
        let mut cells = vec![outcome.word().to_owned()];
        for engine in Engine::ALL {
            let run = of_engine(results, engine).filter(|(cell, _)| cell.outcome == outcome);
            let (mut all, mut right) = (0, 0);
            for (_, result) in run {
                all += 1;
                right += usize::from(result.wrong.is_empty());
            }
            cells.push(format!("{right} of {all}"));
        }
        let of_outcome = results.all().filter(|(cell, _)| cell.outcome == outcome);
        cells.push(count_words(
            of_outcome.map(|(_, result)| result.ended.as_str()),
        ));
        row(&mut table, &cells);
    }
    table
}

/// The words in order of how often they occur; with the numbers where there is more than one.
fn count_words<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut numbers = BTreeMap::<&str, usize>::new();
    for word in words {
        *numbers.entry(word).or_default() += 1;
    }
    let mut numbers: Vec<(&str, usize)> = numbers.into_iter().collect();
    numbers.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    match numbers[..] {
        [] => "-".to_owned(),
        [(word, _)] => word.to_owned(),
        _ => {
            let each = numbers
                .iter()
                .map(|(word, number)| format!("{word} {number}"));
            each.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The times of the cells in which the hint can come.
fn times(results: &Results, within: impl Fn(&Cell) -> bool) -> Times {
    let cells = results.all().filter(|(cell, _)| within(cell));
    let can = cells.filter(|(_, result)| result.cannot.is_none());
    can.filter_map(|(_, result)| result.ms).collect()
}

fn times_by_engine(results: &Results) -> String {
    let mut table = String::new();
    let engines = Engine::ALL.map(Engine::title);
    heading(
        &mut table,
        "hint",
        &[&engines[..], &["all engines"]].concat(),
    );
    for &hints in Hints::ALL {
        let mut cells = vec![hints.word().to_owned()];
        for engine in Engine::ALL {
            let here = |cell: &Cell| cell.hints == hints && cell.engine == engine;
            cells.push(times(results, here).to_string());
        }
        cells.push(times(results, |cell| cell.hints == hints).to_string());
        row(&mut table, &cells);
    }
    table
}

fn times_by_outcome(results: &Results) -> String {
    let mut table = String::new();
    heading(&mut table, "outcome", &words::<Hints>());
    for &outcome in Outcome::ALL {
        let mut cells = vec![outcome.word().to_owned()];
        for &hints in Hints::ALL {
            let here = |cell: &Cell| cell.hints == hints && cell.outcome == outcome;
            cells.push(times(results, here).to_string());
        }
        row(&mut table, &cells);
    }
    table
}

fn firsts(results: &Results) -> String {
    let mut table = String::new();
    heading(&mut table, "hint that may come", &["came first"]);
    for &hints in Hints::ALL {
        let of_hint = results.all().filter(|(cell, _)| cell.hints == hints);
        let measured = of_hint.filter(|(_, result)| result.ms.is_some());
        let first = count_words(measured.map(|(_, result)| result.first.as_str()));
        row(&mut table, [hints.word(), &first]);
    }
    table
}

fn cannot(results: &Results) -> String {
    let mut numbers = BTreeMap::<(&str, &str), [usize; 3]>::new();
    for (cell, result) in results.all() {
        if let Some(reason) = &result.cannot {
            let key = (cell.hints.word(), reason.as_str());
            numbers.entry(key).or_default()[cell.engine as usize] += 1;
        }
    }
    if numbers.is_empty() {
        return "In no cell that has run.\n".to_owned();
    }
    let mut table = String::from("These cells end right by the poll behind the hint.\n\n");
    let engines = Engine::ALL.map(Engine::title);
    heading(&mut table, "hint", &[&["because"], &engines[..]].concat());
    for ((hint, reason), of_engine) in numbers {
        let mut cells = vec![hint.to_owned(), reason.to_owned()];
        cells.extend(of_engine.map(|number| number.to_string()));
        row(&mut table, &cells);
    }
    table
}

fn wrong(results: &Results) -> String {
    let mut list = String::new();
    for (cell, result) in results.wrong() {
        let _ = writeln!(
            list,
            "- `{cell}`: {} ({} entries, {} reloads)",
            result.wrong.join("; "),
            result.entries,
            result.reloads
        );
    }
    if list.is_empty() {
        return "Nothing in the cells that have run.\n".to_owned();
    }
    list
}

#[cfg(test)]
mod tests;
