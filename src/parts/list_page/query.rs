//! What a list is asked for. Pure: addresses in, addresses out.

use api_types::{Currency, Cursor, Day};

use crate::components::{SortOrder, Sorting};
use crate::route::Route;

/// The filters that every list has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilters {
    /// The words that are searched for.
    pub search: Option<String>,
    /// Only this currency.
    pub currency: Option<Currency>,
    /// From this day on.
    pub from: Option<Day>,
    /// Until this day.
    pub to: Option<Day>,
}

/// What a list is asked for, as it stands in the address.
pub trait ListQuery: Clone + Default + PartialEq + Send + Sync + 'static {
    /// An order of the list.
    type Sort: Copy + PartialEq;

    /// The route that asks for it.
    fn route(self) -> Route;

    /// What a route asks for; `None` if it leads elsewhere.
    fn of_route(route: Route) -> Option<Self>;

    /// Asks for another page.
    fn set_cursor(&mut self, cursor: Option<Cursor>);

    /// The filters that every list has.
    fn filters(&self) -> ListFilters;

    /// Sets the filters that every list has.
    fn set_filters(&mut self, filters: ListFilters);

    /// How many of the filters that only this list has are set.
    fn own_filters(&self) -> u32;

    /// The list with nothing narrowing it; its order stays, and its columns.
    #[must_use]
    fn not_narrowed(&self) -> Self;

    /// The order that the server gives the list in.
    fn order(&self) -> Self::Sort;

    /// Asks for another order.
    fn set_order(&mut self, order: Self::Sort);

    /// The list with another question, from its first page on.
    #[must_use]
    fn asking(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut list = self.clone();
        change(&mut list);
        list.set_cursor(None);
        list
    }

    /// How many filters narrow the list. The days count as one; the search stands beside them.
    fn filters_on(&self) -> u32 {
        let filters = self.filters();
        let days = filters.from.is_some() || filters.to.is_some();
        self.own_filters() + u32::from(filters.currency.is_some()) + u32::from(days)
    }

    /// Whether anything narrows the list at all.
    fn is_narrowed(&self) -> bool {
        self.filters().search.is_some() || self.filters_on() > 0
    }

    /// How a heading sorts: `up` and `down` are its orders, and `first` is the one of them that
    /// is asked for while the list is in another order.
    fn sorting(&self, (up, down): (Self::Sort, Self::Sort), first: Self::Sort) -> Sorting {
        let now = self.order();
        let (order, next) = if now == up {
            (Some(SortOrder::Up), down)
        } else if now == down {
            (Some(SortOrder::Down), up)
        } else {
            (None, first)
        };
        let asked = self.asking(|list| list.set_order(next));
        Sorting {
            href: asked.route().href(),
            order,
        }
    }

    /// The address of another page of the list.
    fn page_href(&self, cursor: Option<Cursor>) -> Option<String> {
        let mut list = self.clone();
        list.set_cursor(Some(cursor?));
        Some(list.route().href())
    }
}
