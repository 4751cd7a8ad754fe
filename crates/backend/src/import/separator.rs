//! Other separators than the comma: what a spreadsheet writes where the comma is the decimal
//! sign. They are found before anything else is read, so that it is one fault and not many.

use super::csv::Record;

/// What else separates cells, by name.
const OTHERS: [(char, &str); 3] = [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")];

const WANTED: &str = "an import wants commas: save the file as CSV with commas between cells";

/// What is wrong with the separator of a file, if anything is. The first line names columns, and
/// `is_column` knows their names.
pub fn find_wrong(text: &str, is_column: impl Fn(&str) -> bool) -> Option<String> {
    let head = text.lines().find(|line| !line.trim().is_empty())?;
    if let Some(separator) = separator_line(head) {
        return Some(match OTHERS.iter().find(|(other, _)| *other == separator) {
            Some((_, name)) => format!(
                "line 1 is a sep= line, and the cells are separated by {name}; {WANTED}, and \
                 without that line"
            ),
            None => {
                "line 1 is a sep= line; the first line names the columns, so take it out".to_owned()
            }
        });
    }
    let count = |separator: char| {
        let names = head.split(separator).map(|name| {
            let name = name.trim();
            name.strip_prefix('"')
                .and_then(|name| name.strip_suffix('"'))
                .unwrap_or(name)
        });
        names.filter(|name| is_column(name)).count()
    };
    let by_comma = count(',');
    let wrong = OTHERS
        .iter()
        .find(|(separator, _)| head.contains(*separator) && count(*separator) > by_comma);
    wrong.map(|(_, name)| format!("its cells are separated by {name}; {WANTED}"))
}

/// What is wrong with the separator of a row below a head with commas, if anything is.
pub fn find_wrong_in_row(record: &Record, columns: usize) -> Option<String> {
    let [only] = record.cells.as_slice() else {
        return None;
    };
    let wrong = OTHERS
        .iter()
        .find(|(separator, _)| columns > 1 && only.text.split(*separator).count() == columns);
    wrong.map(|(_, name)| format!("its cells are separated by {name}; {WANTED}"))
}

/// The separator that a spreadsheet's own first line names, as in `sep=;`.
fn separator_line(line: &str) -> Option<char> {
    let line = line.trim_end_matches('\r').trim_matches('"');
    let (name, rest) = line.split_at_checked(4)?;
    let is_sep = name.eq_ignore_ascii_case("sep=");
    let separator = is_sep.then(|| rest.trim_matches('"').chars().next().unwrap_or(','))?;
    Some(separator)
}
