//! Downloading a file: the button that begins it, and the panel that says how
//! far it is. The files themselves outlive the page (`state::downloads`).

use std::future::Future;

use api_client::{ApiError, Chunks};
use leptos::prelude::*;

use crate::components::{Button, DownloadAction, DownloadPanel, DownloadStage, Glyph, Icon, Look};
use crate::i18n::{key, t};
use crate::state::{
    Api, Downloads, FileStage, error_words, file_request, use_downloads, use_route,
};

/// A button that downloads a file, as `Download as PDF`.
#[component]
pub fn Download<F, Fut>(
    /// The button's words.
    #[prop(into)]
    label: String,
    /// The name that the file is saved under, with its ending.
    #[prop(into)]
    name: Signal<String>,
    /// Asks for the file.
    fetch: F,
    /// How much the button asks for attention.
    #[prop(optional)]
    look: Look,
) -> impl IntoView
where
    F: Fn(Api) -> Fut + 'static,
    Fut: Future<Output = Result<Chunks, ApiError>> + 'static,
{
    let downloads = use_downloads();
    let coming = Memo::new(move |_| name.with(|name| downloads.is_coming(name)));
    let request = StoredValue::new_local(file_request(fetch));
    let start = move |()| downloads.start(name.get_untracked(), request.get_value());
    view! {
        <Button look=look busy=coming on_press=Callback::new(start)>
            <Icon glyph=Glyph::Download />
            {label}
        </Button>
    }
}

/// A panel for each file that is coming or has ended, over every page. What is
/// saved goes away by itself when the customer goes on.
#[component]
pub fn DownloadPanels() -> impl IntoView {
    let downloads = use_downloads();
    let place = use_route();
    Effect::new(move |before: Option<()>| {
        place.with(|_| ());
        if before.is_some() {
            downloads.put_saved_away();
        }
    });
    view! {
        <div class="downloads">
            <For
                each=move || downloads.runs()
                key=|run| run.number
                children=move |run| one(downloads, run.number, run.name)
            />
        </div>
    }
}

fn one(downloads: Downloads, number: u32, name: String) -> impl IntoView {
    let stage = Signal::derive(move || match downloads.run(number).map(|run| run.stage) {
        None | Some(FileStage::Asked) => DownloadStage::Preparing,
        Some(FileStage::Coming(bytes)) => DownloadStage::Running(bytes),
        Some(FileStage::Saved) => DownloadStage::Done,
        Some(FileStage::Stopped) => DownloadStage::Stopped,
        Some(FileStage::Failed(Some(error))) => DownloadStage::Failed(error_words(&error)),
        Some(FileStage::Failed(None)) => DownloadStage::Failed(t(key::errors::NO_ROOM)),
    });
    let press = move |action| match action {
        DownloadAction::Stop => downloads.stop(number),
        DownloadAction::TryAgain => downloads.again(number),
        DownloadAction::Close => downloads.put_away(number),
    };
    view! { <DownloadPanel name=name stage=stage on_press=Callback::new(press) /> }
}
