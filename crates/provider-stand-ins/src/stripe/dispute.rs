//! A dispute: a customer's bank takes a payment back.

use serde_json::{Map, Value, json};

use super::charge::Charge;
use super::ids;

/// How long the merchant has to answer, in seconds.
const TIME_TO_ANSWER: i64 = 7 * 24 * 60 * 60;

const EVIDENCE: &str = "access_activity_log billing_address cancellation_policy \
    cancellation_policy_disclosure cancellation_rebuttal customer_communication \
    customer_email_address customer_name customer_purchase_ip customer_signature \
    duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id \
    product_description receipt refund_policy refund_policy_disclosure \
    refund_refusal_explanation service_date service_documentation shipping_address \
    shipping_carrier shipping_date shipping_documentation shipping_tracking_number \
    uncategorized_file uncategorized_text";

/// A dispute.
#[derive(Clone, Debug)]
pub(super) struct Dispute {
    pub id: String,
    pub live: bool,
    pub amount: i64,
    pub charge: String,
    pub currency: String,
    pub status: &'static str,
    /// The movements of money, oldest first.
    pub txns: Vec<String>,
    intent: String,
    created: i64,
}

impl Dispute {
    pub(super) fn new(charge: &Charge, amount: i64, now: i64) -> Self {
        Self {
            id: ids::new("du_1"),
            live: charge.live,
            amount,
            charge: charge.id.clone(),
            currency: charge.currency.clone(),
            status: "needs_response",
            txns: Vec::new(),
            intent: charge.intent.clone(),
            created: now,
        }
    }

    /// Whether the money of the charge can be given back all the same.
    pub(super) fn is_charge_refundable(&self) -> bool {
        self.status == "won"
    }

    /// The dispute, with its movements of money.
    pub(super) fn json(&self, txns: &[Value]) -> Value {
        let fields = EVIDENCE.split(' ');
        let mut evidence: Map<String, Value> = fields
            .map(|field| (field.to_owned(), Value::Null))
            .collect();
        evidence.insert("enhanced_evidence".to_owned(), json!({}));
        json!({
            "id": self.id, "object": "dispute", "amount": self.amount,
            "balance_transactions": txns, "charge": self.charge, "created": self.created,
            "currency": self.currency, "enhanced_eligibility_types": [], "evidence": evidence,
            "evidence_details": {
                "due_by": self.created + TIME_TO_ANSWER, "enhanced_eligibility": {},
                "has_evidence": false, "past_due": false, "submission_count": 0,
            },
            "is_charge_refundable": self.is_charge_refundable(), "livemode": self.live,
            "metadata": {}, "payment_intent": self.intent,
            "payment_method_details": {
                "card": {
                    "brand": "visa", "case_type": "chargeback", "network_reason_code": "10.4",
                },
                "type": "card",
            },
            "reason": "fraudulent", "status": self.status,
        })
    }
}
