//! What the list of invoices is asked for, and what its headings and its sheet
//! of columns offer. Pure: addresses in, addresses out.

use api_types::{InvoiceFilter, InvoiceQuery, InvoiceSort};

use crate::components::{ColumnChoice, SortOrder, Sorting, invoice_column_words};
use crate::route::{InvoiceColumn, InvoiceList, Route};

/// The list with another question, from its first page on.
pub fn asking(list: &InvoiceList, change: impl FnOnce(&mut InvoiceQuery)) -> InvoiceList {
    let mut list = list.clone();
    change(&mut list.query);
    list.query.cursor = None;
    list
}

/// The list with nothing narrowing it; its order and its columns stay.
pub fn not_narrowed(list: &InvoiceList) -> InvoiceList {
    let query = InvoiceQuery {
        sort: list.query.sort,
        ..InvoiceQuery::default()
    };
    InvoiceList {
        query,
        columns: list.columns.clone(),
    }
}

/// How many filters narrow the list; the search stands beside them.
pub fn filters_on(query: &InvoiceQuery) -> u32 {
    let on = [
        query.state.is_some(),
        query.currency.is_some(),
        query.service.is_some(),
        query.from.is_some() || query.to.is_some(),
    ];
    on.into_iter().map(u32::from).sum()
}

/// Whether anything narrows the list at all.
pub fn is_narrowed(query: &InvoiceQuery) -> bool {
    query.search.is_some() || filters_on(query) > 0
}

/// The order that the server gives the list in.
fn order_of(query: &InvoiceQuery) -> InvoiceSort {
    let by_due_day = matches!(
        query.state,
        Some(InvoiceFilter::Outstanding | InvoiceFilter::Overdue)
    );
    query.sort.unwrap_or(if by_due_day {
        InvoiceSort::DueFirst
    } else {
        InvoiceSort::Newest
    })
}

/// How a column's heading sorts. Totals are compared within one currency only.
pub fn sorting(list: &InvoiceList, column: InvoiceColumn, one_currency: bool) -> Option<Sorting> {
    let (up, down, first) = match column {
        InvoiceColumn::Number => (
            InvoiceSort::Number,
            InvoiceSort::NumberDown,
            InvoiceSort::Number,
        ),
        InvoiceColumn::Issued => (
            InvoiceSort::Oldest,
            InvoiceSort::Newest,
            InvoiceSort::Newest,
        ),
        InvoiceColumn::Due => (
            InvoiceSort::DueFirst,
            InvoiceSort::DueLast,
            InvoiceSort::DueFirst,
        ),
        InvoiceColumn::Total if one_currency => (
            InvoiceSort::Smallest,
            InvoiceSort::Largest,
            InvoiceSort::Largest,
        ),
        _ => return None,
    };
    let now = order_of(&list.query);
    let (order, next) = match now {
        _ if now == up => (Some(SortOrder::Up), down),
        _ if now == down => (Some(SortOrder::Down), up),
        _ => (None, first),
    };
    let href = Route::Invoices(asking(list, |query| query.sort = Some(next))).href();
    Some(Sorting { href, order })
}

/// Every column: those that are shown in their order, then the others. The name
/// stays, since it leads to the invoice.
pub fn column_choices(list: &InvoiceList) -> Vec<ColumnChoice> {
    let shown = list.shown();
    let hidden = InvoiceColumn::ALL
        .into_iter()
        .filter(|column| !shown.contains(column));
    let all = shown.iter().copied().chain(hidden);
    all.map(|column| ColumnChoice {
        key: column.word().to_owned(),
        label: invoice_column_words(column),
        shown: shown.contains(&column),
        locked: column == InvoiceColumn::Name,
    })
    .collect()
}

/// The columns that a choice shows.
pub fn columns_of(choices: &[ColumnChoice]) -> Vec<InvoiceColumn> {
    let column = |choice: &ColumnChoice| {
        InvoiceColumn::ALL
            .into_iter()
            .find(|column| column.word() == choice.key)
    };
    let shown = choices.iter().filter(|choice| choice.shown);
    shown.filter_map(column).collect()
}

#[cfg(test)]
mod tests {
    use api_types::{Cursor, Day};

    use super::*;

    fn list(change: impl FnOnce(&mut InvoiceQuery)) -> InvoiceList {
        asking(&InvoiceList::default(), change)
    }

    #[test]
    fn another_question_begins_on_the_first_page_and_keeps_the_columns() {
        let mut before = InvoiceList::default().with_columns(vec![InvoiceColumn::Name]);
        before.query.cursor = Some(Cursor("x".to_owned()));
        let after = asking(&before, |query| query.search = Some("yoga".to_owned()));
        assert_eq!(after.query.cursor, None);
        assert_eq!(after.columns, [InvoiceColumn::Name]);
        assert_eq!(not_narrowed(&after).query, InvoiceQuery::default());
        assert_eq!(not_narrowed(&after).columns, [InvoiceColumn::Name]);
    }

    #[test]
    fn filters_are_counted_and_days_are_one_of_them() {
        let day = |text| Day::parse(text).ok();
        assert_eq!(filters_on(&InvoiceQuery::default()), 0);
        let both = list(|query| {
            query.from = day("2026-01-01");
            query.to = day("2026-02-01");
            query.state = Some(InvoiceFilter::Paid);
        });
        assert_eq!(filters_on(&both.query), 2);
        let searched = list(|query| query.search = Some("yoga".to_owned()));
        assert_eq!(filters_on(&searched.query), 0);
        assert!(is_narrowed(&searched.query));
    }

    #[test]
    fn a_heading_tells_the_order_and_turns_it_round() {
        let sort_of = |list: &InvoiceList, column| {
            let found = sorting(list, column, true).unwrap();
            (found.order, found.href)
        };
        let usual = InvoiceList::default();
        for (list, column, order, asks) in [
            (
                &usual,
                InvoiceColumn::Issued,
                Some(SortOrder::Down),
                "oldest",
            ),
            (&usual, InvoiceColumn::Due, None, "due_first"),
            (&usual, InvoiceColumn::Total, None, "largest"),
            (&usual, InvoiceColumn::Number, None, "number"),
            (
                &list(|query| query.state = Some(InvoiceFilter::Overdue)),
                InvoiceColumn::Due,
                Some(SortOrder::Up),
                "due_last",
            ),
            (
                &list(|query| query.sort = Some(InvoiceSort::Largest)),
                InvoiceColumn::Total,
                Some(SortOrder::Down),
                "smallest",
            ),
        ] {
            let (found, href) = sort_of(list, column);
            assert_eq!(found, order, "{column:?}");
            assert!(href.ends_with(&format!("sort={asks}")), "{href}");
        }
    }

    #[test]
    fn totals_of_several_currencies_do_not_sort() {
        assert_eq!(
            sorting(&InvoiceList::default(), InvoiceColumn::Total, false),
            None
        );
    }

    #[test]
    fn a_choice_of_columns_is_read_back_in_its_order() {
        let list =
            InvoiceList::default().with_columns(vec![InvoiceColumn::Total, InvoiceColumn::Name]);
        let choices = column_choices(&list);
        assert_eq!(choices.len(), InvoiceColumn::ALL.len());
        assert_eq!(columns_of(&choices), list.columns);
        assert!(
            choices
                .iter()
                .all(|choice| choice.locked == (choice.key == "name"))
        );
    }
}
