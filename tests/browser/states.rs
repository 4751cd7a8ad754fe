//! Loading, slow, failed, empty, there; and a download on its way.

use api_types::Timestamp;
use leptos::prelude::*;
use portico::components::{
    DownloadAction, DownloadPanel, DownloadStage, LoadStage, LoadStates, Skeleton, SkeletonOf,
    StepTone, Timeline, TimelineStep,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

#[wasm_bindgen_test]
async fn each_state_of_a_reading_takes_the_place_of_the_one_before() {
    let stage_now = RwSignal::new(LoadStage::Loading);
    let failure = RwSignal::new(None::<String>);
    let retried = RwSignal::new(0);
    let stage = Stage::show(move || {
        view! {
            <LoadStates
                stage=stage_now
                failure=failure
                failed_title="The list could not be loaded"
                on_retry=Callback::new(move |()| retried.update(|times| *times += 1))
                skeleton=SkeletonOf::Rows(3)
                empty=|| view! { <p id="empty">"Nothing yet"</p> }
            >
                <p id="content">"Here it is"</p>
            </LoadStates>
        }
        .into_any()
    });
    assert_eq!(stage.text("[data-loading] [role=status]"), "Loading");
    failure.set(Some("Check your connection.".to_owned()));
    settled().await;
    assert!(stage.find("[data-loading]").is_none());
    assert!(
        stage
            .text("[role=alert]")
            .contains("Check your connection.")
    );
    stage.click("[role=alert] button");
    assert_eq!(retried.get_untracked(), 1);
    stage_now.set(LoadStage::Ready);
    settled().await;
    assert_eq!(stage.text("#content"), "Here it is", "what was read stays");
    assert!(stage.find("[role=alert]").is_some(), "below what is wrong");
    failure.set(None);
    stage_now.set(LoadStage::Empty);
    settled().await;
    assert_eq!(stage.text("#empty"), "Nothing yet");
    assert!(stage.find("[role=alert]").is_none() && stage.find("#content").is_none());
}

#[wasm_bindgen_test]
async fn slow_loading_is_said_when_its_time_is_over() {
    let stage = Stage::show(|| view! { <Skeleton of=SkeletonOf::Page /> }.into_any());
    assert_eq!(stage.text("[role=status]"), "Loading");
    stage.fire(".skeleton__slow", "animationend");
    settled().await;
    assert!(
        stage
            .text("[role=status]")
            .starts_with("This takes longer than usual")
    );
}

#[wasm_bindgen_test]
async fn a_download_tells_its_course_and_offers_what_can_be_done() {
    let now = RwSignal::new(DownloadStage::Preparing);
    let pressed = RwSignal::new(Vec::new());
    let stage = Stage::show(move || {
        view! {
            <DownloadPanel
                name="payments.csv"
                stage=now
                on_press=Callback::new(move |action| pressed.update(|all| all.push(action)))
            />
        }
        .into_any()
    });
    assert_eq!(stage.text("[role=status]"), "Preparing payments.csv");
    now.set(DownloadStage::Running(1_234_567));
    settled().await;
    assert_eq!(stage.text(".download_panel__body"), "1.2 MB so far");
    stage.focus(".download_panel button");
    now.set(DownloadStage::Running(2_500_000));
    settled().await;
    assert_eq!(stage.text(".download_panel__body"), "2.5 MB so far");
    assert_eq!(
        stage.text("[role=status]"),
        "Downloading payments.csv",
        "said once"
    );
    assert_eq!(
        document().active_element(),
        stage.find(".download_panel button"),
        "the button stays the same one"
    );
    stage.click(".download_panel button");
    now.set(DownloadStage::Failed(
        "The connection broke off.".to_owned(),
    ));
    settled().await;
    assert_eq!(stage.text("[role=status]"), "The download did not finish");
    assert_eq!(stage.text(".download_panel button"), "Try again");
    stage.click(".download_panel button");
    now.set(DownloadStage::Done);
    settled().await;
    assert_eq!(stage.text("[role=status]"), "Saved: payments.csv");
    assert!(stage.find("progress").is_none());
    stage.click(".download_panel button");
    assert_eq!(
        pressed.get_untracked(),
        [
            DownloadAction::Stop,
            DownloadAction::TryAgain,
            DownloadAction::Close
        ]
    );
}

#[wasm_bindgen_test]
async fn a_story_is_a_list_of_steps_with_their_times() {
    let step = |at: Option<&str>, title: &str, tone| TimelineStep {
        at: at.map(|at| Timestamp::parse(at).unwrap()),
        title: title.to_owned(),
        body: None,
        links: vec![],
        tone,
    };
    let steps = RwSignal::new(vec![step(
        Some("2026-11-17T14:02:00Z"),
        "Payment started",
        StepTone::Done,
    )]);
    let stage = Stage::show(move || view! { <Timeline name="Story" steps=steps /> }.into_any());
    assert!(stage.text("ol li").contains("17 Nov 2026, 14:02"));
    assert_eq!(
        stage.attribute("ol time", "datetime").as_deref(),
        Some("2026-11-17T14:02:00Z")
    );
    steps.update(|steps| steps.push(step(None, "Waiting for the bank", StepTone::Waiting)));
    settled().await;
    assert_eq!(stage.count("ol li"), 2);
    assert_eq!(stage.text("ol li:last-child"), "Waiting for the bank");
}
