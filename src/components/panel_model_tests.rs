//! What can be pressed at each stage of a payment.

use api_types::{Currency, Money};

use super::panel_model::{PanelAction, PanelView, Stage};
use PanelAction::*;

/// Everything can be done that a stage may let be done.
fn at(stage: Stage) -> PanelView {
    PanelView {
        stage,
        amount: Money::from_minor(14640, Currency::parse("EUR").unwrap()),
        portal: "Harbour Clinic".to_owned(),
        host: "pay.example.com".to_owned(),
        started: None,
        long: false,
        expected_on: None,
        link: None,
        payment: None,
        can_show: true,
        can_cancel: true,
        another_way: true,
        on_phone: true,
        can_retry: true,
        checking: false,
        cancelling: false,
        transfer: None,
        note: None,
    }
}

#[test]
fn each_stage_offers_what_can_be_done_then() {
    let open = |first: PanelAction| vec![first, IHavePaid, OnPhone, PayAnotherWay, Cancel];
    let ended = vec![TryAgain, PayAnotherWay, Close];
    for (stage, offered) in [
        (Stage::Opening, vec![Cancel]),
        (Stage::Open, open(ShowWindow)),
        (Stage::OutOfReach, open(OpenAgain)),
        (Stage::WindowClosed, open(OpenAgain)),
        (Stage::SameTab, open(GoThere)),
        (Stage::Elsewhere, open(Resume)),
        (Stage::Changing, vec![]),
        (Stage::PageStillOpen, vec![ChangeAnyway, KeepPage]),
        (Stage::Confirming, vec![Close]),
        (Stage::Transfer, vec![PayAnotherWay, Close, Cancel]),
        (Stage::Paid, vec![Close]),
        (Stage::NeedsReview, vec![Close]),
        (Stage::Failed(None), ended.clone()),
        (Stage::Cancelled, ended.clone()),
        (Stage::Expired, ended.clone()),
        (Stage::Refused(String::new()), ended),
    ] {
        assert_eq!(at(stage.clone()).actions(), offered, "{stage:?}");
    }
}

#[test]
fn what_became_a_payment_leads_to_its_page() {
    for stage in [
        Stage::Confirming,
        Stage::Transfer,
        Stage::Paid,
        Stage::NeedsReview,
    ] {
        let view = PanelView {
            payment: Some("there".to_owned()),
            ..at(stage)
        };
        assert_eq!(view.actions().first(), Some(&ViewPayment));
    }
}

#[test]
fn a_link_stands_in_the_place_of_a_button_that_might_do_nothing() {
    let blocked = PanelView {
        link: Some("/pay/launch#x".to_owned()),
        ..at(Stage::Blocked)
    };
    assert_eq!(blocked.actions()[..2], [FollowLink, IHavePaid]);
}

#[test]
fn nothing_is_offered_that_cannot_be_done() {
    let stuck = |stage| PanelView {
        can_show: false,
        can_cancel: false,
        another_way: false,
        on_phone: false,
        can_retry: false,
        ..at(stage)
    };
    assert_eq!(stuck(Stage::Open).actions(), [IHavePaid]);
    assert_eq!(stuck(Stage::Elsewhere).actions(), [IHavePaid]);
    assert_eq!(stuck(Stage::SameTab).actions(), [IHavePaid]);
    assert_eq!(stuck(Stage::Opening).actions(), []);
    assert_eq!(stuck(Stage::Failed(None)).actions(), [Close]);
    assert_eq!(stuck(Stage::Transfer).actions(), [Close]);
}
