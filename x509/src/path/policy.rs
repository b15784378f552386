//! Policies, conservatively (RFC 5280 §6.1.3 (f), §6.1.5 (g)).
//!
//! The user's initial policy set is any-policy, so policies matter only where a CA requires that there be one. Where
//! any CA of the path does, with whatever delay (SkipCerts), one policy must be in all certificates of the path by its
//! own name: neither as anyPolicy nor through a mapping. That is stricter than the policy tree, and needs none.
//! inhibitPolicyMapping and inhibitAnyPolicy forbid what is never done here.
use crate::certificate::Certificate;
use crate::oid;
use asn1::Oid;

/// Whether the policies suffice of a path, from the end entity up, to an anchor that may have a certificate.
pub(super) fn suffices(path: &[&Certificate<'_>], anchor: Option<&Certificate<'_>>) -> bool {
    let required = path.iter().copied().chain(anchor).any(requires_policy);
    !required || !path.iter().any(|certificate| maps(certificate)) && has_common(path)
}

fn has_common(path: &[&Certificate<'_>]) -> bool {
    let Some((end_entity, rest)) = path.split_first() else { return false };
    policies(end_entity)
        .filter(|policy| *policy != oid::ANY_POLICY)
        .any(|policy| rest.iter().all(|certificate| policies(certificate).any(|other| other == policy)))
}

fn requires_policy(certificate: &Certificate<'_>) -> bool {
    let constraints = certificate.extensions().policy_constraints.as_ref();
    constraints.is_some_and(|constraints| constraints.value.require_explicit_policy.is_some())
}

fn maps(certificate: &Certificate<'_>) -> bool {
    certificate.extensions().policy_mappings.is_some()
}

fn policies<'c>(certificate: &'c Certificate<'_>) -> impl Iterator<Item = Oid<'c>> {
    let policies = certificate.extensions().certificate_policies.as_ref();
    policies.into_iter().flat_map(|policies| policies.value.iter().map(|policy| policy.policy))
}
