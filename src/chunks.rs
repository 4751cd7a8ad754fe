//! The screens that are no part of the first load. Each comes in a chunk of the
//! code, when it is asked for or when the browser has nothing else to do; one
//! chunk holds the screens that share most of what they are made of.
//!
//! Nothing here is split unless the feature `split` is on, as in the release:
//! while developing and in tests the same functions have their screens at hand.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
#[cfg(feature = "split")]
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::browser::{clock, idle, page};
use crate::components::{Notice, NoticeTone, Skeleton, SkeletonOf};
use crate::i18n::{key, t};
use crate::pages::{
    AccountPage, CalendarPage, CreditNotePage, EventPage, FeedPage, HistoryPage, InvoicePage,
    InvoicesPage, MakePaymentPage, MonthPage, MoveEventPage, PaymentPage, PaymentsPage,
    RequestEventPage, StatementPage, WeekPage,
};
use crate::parts::{AnotherWay, OnPhone, PanelParts};
use crate::state::{use_api, use_session};

/// How often it is looked whether the screen still loads.
const SETTLING: Duration = Duration::from_millis(500);

/// Builds a screen that is here.
pub type Screen = fn() -> AnyView;
/// A screen that is on its way, or here already.
pub type Coming = LocalBoxFuture<'static, Result<Screen, Missing>>;

/// The chunk of a screen did not come: there is no network, or a newer portal
/// has taken the place of the one that this app is of.
#[derive(Clone, Copy, Debug)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// For every `screen: Page in chunk`, the function that brings the screen.
macro_rules! screens {
    ($($screen:ident: $page:ident in $chunk:ident,)*) => {
        $(
            /// Brings the screen.
            pub fn $screen() -> Coming {
                // It hands out the function that builds the page rather than
                // the page: a page is built where it is shown.
                #[cfg(feature = "split")]
                #[wasm_split($chunk, wasm_split_path = ::leptos::wasm_split, fallible)]
                fn $screen() -> Result<Screen, Missing> {
                    Ok(|| $page().into_any())
                }
                #[cfg(not(feature = "split"))]
                async fn $screen() -> Result<Screen, Missing> {
                    Ok(|| $page().into_any())
                }
                $screen().boxed_local()
            }
        )*

        /// All of them.
        const ALL: &[fn() -> Coming] = &[$($screen),*];
    };
}

screens! {
    account: AccountPage in account,
    invoices: InvoicesPage in invoices,
    invoice: InvoicePage in invoices,
    credit_note: CreditNotePage in invoices,
    history: HistoryPage in history,
    statement: StatementPage in history,
    payments: PaymentsPage in payments,
    payment: PaymentPage in payments,
    make_payment: MakePaymentPage in pay,
    calendar: CalendarPage in calendar,
    event: EventPage in calendar,
    calendar_month: MonthPage in calendar,
    calendar_week: WeekPage in calendar,
    request_event: RequestEventPage in calendar,
    move_event: MoveEventPage in calendar,
    calendar_feed: FeedPage in calendar,
}

/// Brings what unfolds within a checkout's panel: another way to pay, a code for the phone.
pub fn panel_parts() -> LocalBoxFuture<'static, Option<PanelParts>> {
    #[cfg(feature = "split")]
    #[wasm_split(panel, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn panel_parts() -> Result<PanelParts, Missing> {
        Ok(parts_of_panel())
    }
    #[cfg(not(feature = "split"))]
    async fn panel_parts() -> Result<PanelParts, Missing> {
        Ok(parts_of_panel())
    }
    panel_parts().map(Result::ok).boxed_local()
}

fn parts_of_panel() -> PanelParts {
    PanelParts {
        another_way: |run, on_end| view! { <AnotherWay run=run on_end=on_end /> }.into_any(),
        on_phone: |driver| view! { <OnPhone driver=driver /> }.into_any(),
    }
}

/// Shows a screen as soon as it is here: at once where it came before.
pub fn later(bring: fn() -> Coming) -> AnyView {
    let mut coming = bring();
    let here = (&mut coming).now_or_never();
    let arrived = RwSignal::new(here);
    if here.is_none() {
        spawn_local(async move {
            let screen = coming.await;
            // The customer may have gone on to another screen.
            arrived.try_set(Some(screen));
        });
    }
    let retry = retry(bring, arrived);
    let shown = move || match arrived.get() {
        None => view! { <Skeleton of=SkeletonOf::Page /> }.into_any(),
        // What the page reads while it is built must not build it anew.
        Some(Ok(screen)) => untrack(screen),
        Some(Err(Missing)) => view! {
            <Notice
                tone=NoticeTone::Bad
                title=t(key::errors::SCREEN_FAILED_TITLE)
                body=t(key::errors::SCREEN_FAILED)
                on_retry=retry.again
                retrying=retry.under_way
            />
        }
        .into_any(),
    };
    shown.into_any()
}

struct Retry {
    again: Callback<()>,
    under_way: RwSignal<bool>,
}

fn retry(bring: fn() -> Coming, arrived: RwSignal<Option<Result<Screen, Missing>>>) -> Retry {
    let (api, under_way) = (use_api(), RwSignal::new(false));
    let again = move |()| {
        under_way.set(true);
        spawn_local(async move {
            match bring().await {
                Ok(screen) => {
                    arrived.try_set(Some(Ok(screen)));
                }
                // While the server answers, a chunk that is missing still is one of
                // an older portal: only the page as it is now knows what to fetch.
                Err(Missing) => {
                    if api.get().portal().await.is_ok() {
                        page::reload();
                    }
                }
            }
            under_way.try_set(false);
        });
    };
    Retry {
        again: Callback::new(again),
        under_way,
    }
}

/// Brings all of them, one after another, once the first screen of whoever is
/// signed in stands and the browser has nothing else to do, so that no link
/// has to wait for the network.
pub fn bring_when_idle() {
    let session = use_session();
    let signed_in = Memo::new(move |_| session.session().is_some());
    Effect::new(move |begun: Option<bool>| {
        if begun == Some(true) || !signed_in.get() || page::saves_data() {
            return begun == Some(true);
        }
        spawn_local(bring_all());
        true
    });
}

async fn bring_all() {
    // Whoever pays first needs this first.
    idle::wait().await;
    if panel_parts().await.is_none() {
        return;
    }
    for bring in ALL {
        while page::is_loading() {
            clock::sleep(SETTLING).await;
        }
        idle::wait().await;
        // A link to it tries once more, and says so if that fails too.
        if bring().await.is_err() {
            return;
        }
    }
}
