//! Lists in addresses: what is filtered, how it is sorted, which page of it,
//! and which columns stand on the screen.

use api_types::{
    Currency, Cursor, Day, FigureQuery, HistoryOrder, HistoryQuery, InvoiceFilter, InvoiceQuery,
    InvoiceSort, PaymentKind, PaymentQuery, PaymentSort, PaymentStatus,
};

use super::query::{Pairs, value_of};

const CURSOR: &str = "cursor";
const STATE: &str = "state";
const SEARCH: &str = "search";
const CURRENCY: &str = "currency";
const SERVICE: &str = "service";
const FROM: &str = "from";
const TO: &str = "to";
const SORT: &str = "sort";
const COLUMNS: &str = "columns";
const KIND: &str = "kind";
const ORDER: &str = "order";
const OUTSTANDING: &str = "outstanding";
const FIGURE: &str = "figure";

/// A column of the list of invoices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvoiceColumn {
    /// `Invoice ID`
    Number,
    /// `Name`
    Name,
    /// `Invoice Date`
    Issued,
    /// `Due Date`
    Due,
    /// `Service`
    Service,
    /// `Total`
    Total,
    /// How much of it is paid.
    PaidAmount,
    /// What remains.
    Remaining,
    /// `Paid`: its state.
    Status,
}

impl InvoiceColumn {
    /// Every column there is, in the usual order.
    pub const ALL: [Self; 9] = [
        Self::Number,
        Self::Name,
        Self::Issued,
        Self::Due,
        Self::Service,
        Self::Total,
        Self::PaidAmount,
        Self::Remaining,
        Self::Status,
    ];
    /// The columns that are shown unless the customer chooses others.
    pub const USUAL: [Self; 7] = [
        Self::Number,
        Self::Name,
        Self::Issued,
        Self::Due,
        Self::Total,
        Self::Remaining,
        Self::Status,
    ];

    /// Its word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Issued => "issued",
            Self::Due => "due",
            Self::Service => "service",
            Self::Total => "total",
            Self::PaidAmount => "paid",
            Self::Remaining => "remaining",
            Self::Status => "status",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }
}

/// The list of invoices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvoiceList {
    /// What is asked of the server; its `limit` is not in the address.
    pub query: InvoiceQuery,
    /// The columns in their order; none is the usual ones.
    pub columns: Vec<InvoiceColumn>,
}

impl InvoiceList {
    /// The columns to show.
    pub fn visible_columns(&self) -> Vec<InvoiceColumn> {
        if self.columns.is_empty() {
            InvoiceColumn::USUAL.to_vec()
        } else {
            self.columns.clone()
        }
    }

    /// The same with other columns; the usual ones need not be told.
    pub fn with_columns(&self, columns: Vec<InvoiceColumn>) -> Self {
        let usual = columns == InvoiceColumn::USUAL;
        Self {
            query: self.query.clone(),
            columns: if usual { Vec::new() } else { columns },
        }
    }

    pub(super) fn pairs(&self) -> Pairs {
        let query = &self.query;
        let columns: Vec<_> = self.columns.iter().map(|column| column.word()).collect();
        vec![
            (STATE, query.state.map(|state| state.as_str().to_owned())),
            (SEARCH, query.search.clone()),
            (CURRENCY, text(query.currency)),
            (SERVICE, query.service.clone()),
            (FROM, text(query.from)),
            (TO, text(query.to)),
            (SORT, query.sort.map(|sort| sort.as_str().to_owned())),
            (CURSOR, cursor_text(query.cursor.as_ref())),
            (COLUMNS, (!columns.is_empty()).then(|| columns.join("."))),
        ]
    }

    pub(super) fn parse(query: &str) -> Self {
        let columns = value_of(query, COLUMNS).unwrap_or_default();
        let mut chosen = Vec::new();
        for column in columns.split('.').filter_map(InvoiceColumn::from_word) {
            if !chosen.contains(&column) {
                chosen.push(column);
            }
        }
        Self {
            query: InvoiceQuery {
                cursor: cursor(query),
                state: word(query, STATE, InvoiceFilter::ALL, InvoiceFilter::as_str),
                search: value_of(query, SEARCH),
                currency: currency(query),
                service: value_of(query, SERVICE),
                from: day(query, FROM),
                to: day(query, TO),
                sort: word(query, SORT, InvoiceSort::ALL, InvoiceSort::as_str),
                limit: None,
            },
            columns: chosen,
        }
    }
}

pub(super) fn payment_pairs(query: &PaymentQuery) -> Pairs {
    vec![
        (STATE, query.status.map(|state| state.as_str().to_owned())),
        (KIND, query.kind.map(|kind| kind.as_str().to_owned())),
        (CURRENCY, text(query.currency)),
        (SEARCH, query.search.clone()),
        (FROM, text(query.from)),
        (TO, text(query.to)),
        (SORT, query.sort.map(|sort| sort.as_str().to_owned())),
        (CURSOR, cursor_text(query.cursor.as_ref())),
    ]
}

pub(super) fn payment_query(query: &str) -> PaymentQuery {
    PaymentQuery {
        cursor: cursor(query),
        status: word(query, STATE, PaymentStatus::ALL, PaymentStatus::as_str),
        kind: word(query, KIND, PaymentKind::ALL, PaymentKind::as_str),
        currency: currency(query),
        search: value_of(query, SEARCH),
        from: day(query, FROM),
        to: day(query, TO),
        sort: word(query, SORT, PaymentSort::ALL, PaymentSort::as_str),
        limit: None,
    }
}

pub(super) fn history_pairs(query: &HistoryQuery) -> Pairs {
    vec![
        (SERVICE, query.service.clone()),
        (FROM, text(query.from)),
        (TO, text(query.to)),
        (OUTSTANDING, query.outstanding.then(|| "true".to_owned())),
        (CURRENCY, text(query.currency)),
        (ORDER, query.order.map(|order| order.as_str().to_owned())),
        (CURSOR, cursor_text(query.cursor.as_ref())),
    ]
}

pub(super) fn history_query(query: &str) -> HistoryQuery {
    HistoryQuery {
        cursor: cursor(query),
        service: value_of(query, SERVICE),
        from: day(query, FROM),
        to: day(query, TO),
        outstanding: value_of(query, OUTSTANDING).as_deref() == Some("true"),
        currency: currency(query),
        order: word(query, ORDER, HistoryOrder::ALL, HistoryOrder::as_str),
        limit: None,
    }
}

pub(super) fn figure_pairs(query: Option<&FigureQuery>) -> Pairs {
    let Some(query) = query else {
        return Vec::new();
    };
    vec![
        (FIGURE, Some(query.figure.as_str().to_owned())),
        (CURRENCY, text(Some(query.currency))),
        (CURSOR, cursor_text(query.cursor.as_ref())),
    ]
}

pub(super) fn figure_query(query: &str) -> Option<FigureQuery> {
    use api_types::Figure;
    Some(FigureQuery {
        figure: word(query, FIGURE, Figure::ALL, Figure::as_str)?,
        currency: currency(query)?,
        cursor: cursor(query),
        limit: None,
    })
}

/// The days and the currency of a statement, as far as they are chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementChoice {
    /// Its first day.
    pub from: Option<Day>,
    /// Its last day.
    pub to: Option<Day>,
    /// Only this currency.
    pub currency: Option<Currency>,
    /// Which page of its entries.
    pub cursor: Option<Cursor>,
}

impl StatementChoice {
    pub(super) fn pairs(&self) -> Pairs {
        vec![
            (FROM, text(self.from)),
            (TO, text(self.to)),
            (CURRENCY, text(self.currency)),
            (CURSOR, cursor_text(self.cursor.as_ref())),
        ]
    }

    pub(super) fn parse(query: &str) -> Self {
        Self {
            from: day(query, FROM),
            to: day(query, TO),
            currency: currency(query),
            cursor: cursor(query),
        }
    }
}

pub(super) fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

pub(super) fn cursor_text(cursor: Option<&Cursor>) -> Option<String> {
    cursor.map(|cursor| cursor.0.clone())
}

/// A page that no server can have named is none: the list is shown from its beginning.
pub(super) fn cursor(query: &str) -> Option<Cursor> {
    value_of(query, CURSOR).and_then(|cursor| Cursor::parse(&cursor).ok())
}

/// A filter that the address has wrong is none: the list is shown, and the
/// filter's control shows that it is not set.
pub(super) fn word<W: Copy>(
    query: &str,
    name: &str,
    all: &[W],
    as_str: fn(W) -> &'static str,
) -> Option<W> {
    let asked = value_of(query, name)?;
    all.iter().copied().find(|known| as_str(*known) == asked)
}

fn currency(query: &str) -> Option<Currency> {
    value_of(query, CURRENCY).and_then(|code| Currency::parse(&code).ok())
}

pub(super) fn day(query: &str, name: &str) -> Option<Day> {
    value_of(query, name).and_then(|day| day.parse().ok())
}
