//! Paying several invoices at once: a bar while some are ticked, and a sheet
//! that says what is paid, how and what it costs.

use std::collections::BTreeSet;

use api_types::{CheckoutFor, Currency, Payable};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use super::chosen::{Chosen, MOST, NotTogether, Seen, settle};
use crate::components::{
    Button, Look, Notice, NoticeTone, PAGE_HEADING_ID, Sheet, focus_field, panel_heading_id,
};
use crate::i18n::{self, fill, key, plural, t};
use crate::parts::Pay;
use crate::state::use_checkouts;

const OPENER: &str = "pay-chosen-open";

/// What is ticked, and what it comes to.
#[derive(Clone, Copy)]
pub(super) struct Choosing {
    /// The keys of the rows that are ticked.
    pub ticked: RwSignal<BTreeSet<String>>,
    /// What could be paid of the invoices that have been on screen.
    pub seen: RwSignal<Seen>,
    chosen: RwSignal<Option<Chosen>>,
    refused: RwSignal<Option<NotTogether>>,
}

impl Choosing {
    /// Nothing ticked, and what is ticked from now on looked through.
    pub fn new() -> Self {
        let choosing = Self {
            ticked: RwSignal::default(),
            seen: RwSignal::default(),
            chosen: RwSignal::default(),
            refused: RwSignal::default(),
        };
        Effect::new(move |before: Option<BTreeSet<String>>| {
            let before = before.unwrap_or_default();
            let ticked = choosing.ticked.get();
            let (kept, chosen, refused) = choosing.seen.with(|seen| settle(&before, &ticked, seen));
            choosing.chosen.set(chosen);
            // What was said stands until something else is ticked.
            if refused.is_some() || ticked != before {
                choosing.refused.set(refused);
            }
            if kept != ticked {
                let keep = kept.clone();
                spawn_local(async move {
                    // A box that has just been ticked must have been drawn so
                    // before it is cleared again.
                    tick().await;
                    choosing.ticked.try_set(keep);
                });
            }
            kept
        });
        choosing
    }
}

/// The bar with what is ticked; nothing while nothing is.
#[component]
pub(super) fn PayChosen(
    /// What is ticked.
    choosing: Choosing,
) -> impl IntoView {
    let Choosing {
        ticked,
        chosen,
        refused,
        ..
    } = choosing;
    let open = RwSignal::new(false);
    let any = Memo::new(move |_| chosen.with(Option::is_some));
    // A payment that has begun is told by its panel.
    let checkouts = use_checkouts();
    Effect::new(move |_| {
        let begun = chosen.with(|chosen| {
            let pays_for = chosen.as_ref().map(Chosen::pays_for)?;
            checkouts.run_for(&pays_for).map(|run| run.number)
        });
        if let Some(number) = begun.filter(|_| open.get_untracked()) {
            // Its panel stands at the top of the page, far from the end of the list.
            spawn_local(async move {
                tick().await;
                focus_field(PAGE_HEADING_ID);
                // From there it goes on by itself to what can be pressed once it is paid.
                focus_field(&panel_heading_id(number));
            });
        }
        if begun.is_some() || !any.get() {
            open.set(false);
        }
    });
    let sum = move || {
        chosen.with(|chosen| {
            let chosen = chosen.as_ref()?;
            let total = i18n::money(&chosen.total);
            Some(plural(
                key::invoices::CHOSEN,
                chosen.count(),
                [("total", &total)],
            ))
        })
    };
    let pay_words = move || {
        let count = chosen.with(|chosen| chosen.as_ref().map_or(0, Chosen::count));
        plural(key::invoices::PAY_INVOICES, count, [])
    };
    let why_not = move || refused.get().map(refusal_words);
    view! {
        <Show when=move || any.get()>
            <section class="chosen_bar" aria-label=t(key::invoices::CHOSEN_NAME)>
                <div class="chosen_bar__words" role="status">
                    <p class="chosen_bar__sum">{sum}</p>
                    {move || {
                        why_not().map(|why| view! { <p class="chosen_bar__refused">{why}</p> })
                    }}
                </div>
                <div class="chosen_bar__actions">
                    <Button on_press=Callback::new(move |()| ticked.update(BTreeSet::clear))>
                        {t(key::invoices::CHOSEN_CLEAR)}
                    </Button>
                    <Button
                        look=Look::Primary
                        id=OPENER
                        on_press=Callback::new(move |()| open.set(true))
                    >
                        {pay_words}
                    </Button>
                </div>
            </section>
        </Show>
        <PaySheet chosen=chosen open=open />
    }
}

#[component]
fn PaySheet(chosen: RwSignal<Option<Chosen>>, open: RwSignal<bool>) -> impl IntoView {
    let pay = move || {
        let first = chosen.get_untracked()?;
        // The last one stays while the sheet is closing.
        let last = Memo::new(move |before: Option<&Chosen>| {
            let now = chosen.get().or_else(|| before.cloned());
            now.unwrap_or_else(|| first.clone())
        });
        let pays_for: Signal<CheckoutFor> = Signal::derive(move || last.with(Chosen::pays_for));
        let payable: Signal<Payable> = Signal::derive(move || last.with(Chosen::payable));
        let what = move || {
            plural(
                key::checkout::NOTICE_WHAT_INVOICES,
                last.with(Chosen::count),
                [],
            )
        };
        let label = plural(
            key::invoices::PAY_INVOICES,
            last.with_untracked(Chosen::count),
            [],
        );
        Some(view! {
            <Pay
                pays_for=pays_for
                label=label
                what=Signal::derive(what)
                payable=payable
                id="pay-chosen"
            />
        })
    };
    view! {
        <Sheet
            id="pay-chosen-sheet"
            title=t(key::invoices::PAY_TOGETHER)
            open=open
            opener=OPENER
            on_close=Callback::new(move |()| open.set(false))
        >
            {pay()}
            <Notice tone=NoticeTone::Plain body=t(key::invoices::PAY_TOGETHER_NOTE) />
        </Sheet>
    }
}

fn refusal_words(why: NotTogether) -> String {
    match why {
        NotTogether::Currency(currency) => {
            let code = Currency::code(&currency).to_owned();
            fill(key::invoices::NOT_TOGETHER_CURRENCY, [("currency", &code)])
        }
        NotTogether::TooMany => {
            let most = u32::try_from(MOST).unwrap_or(u32::MAX);
            plural(key::invoices::NOT_TOGETHER_MANY, most, [])
        }
        NotTogether::TooLarge => t(key::invoices::NOT_TOGETHER_LARGE),
    }
}
