//! Looking for a part of a text, capitals aside. What is looked for is never read as a pattern.

use sea_orm::sea_query::Expr;

/// What is longer than this is no search.
const MOST_CHARACTERS: usize = 200;

/// The pattern that finds a text; `None` where there is nothing to look for.
pub fn pattern(wanted: &str) -> Option<String> {
    let wanted: String = wanted.trim().chars().take(MOST_CHARACTERS).collect();
    if wanted.is_empty() {
        return None;
    }
    let mut pattern = String::from("%");
    for c in wanted.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Some(pattern)
}

/// Holds the column `search_text` against a pattern.
pub fn matches(pattern: String) -> Expr {
    Expr::cust_with_values("search_text LIKE ? ESCAPE '\\'", [pattern])
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn signs_of_patterns_are_looked_for_as_they_are() {
        for (wanted, found) in [
            ("HC-1", Some("%hc-1%")),
            (" 50% ", Some("%50\\%%")),
            ("a_b", Some("%a\\_b%")),
            ("\\", Some("%\\\\%")),
            ("Étude", Some("%étude%")),
            ("  ", None),
        ] {
            assert_eq!(pattern(wanted).as_deref(), found, "{wanted}");
        }
    }
}
