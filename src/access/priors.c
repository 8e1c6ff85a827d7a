/* What is believed of each stage before any case of an operation, and why. */
#include <math.h>

#include "airbridge/record.h"

/* Of 113 requests of 2015 three in four were never answered (O'Brien to the Security Council, 27 January 2016). How long
 * the others took nobody told: two weeks, as if four answers had shown it, are assumed. */
static const ab_prior answer_2015 = {0.25, 113}, answer_days = {14, 4};
/* Of the answers of 2015 (a quarter of 113) about 10 % of all requests were delivered and 10 % approved and stuck: four of
 * five (the same source), */
static const ab_prior yes_2015 = {0.8, 28};
/* and of what was approved, a fifth of 113, half arrived. */
static const double approved_2015_prob = 0.5, approved_2015_cases = 23;
/* 36 of 39 convoys that made news in 2015 to 2018 were delivered; convoys make news when they move, so that it counts as
 * eight cases (assumed). */
static const ab_prior pass_to_2018 = {36.0 / 39, 8};
/* Nobody had counted that before 2016: nine of ten, as if eight had shown it, are assumed. */
static const ab_prior pass_assumed = {0.9, 8};
/* Of these 39, one was attacked, with loss of lives and goods (Urum al-Kubra, 19 September 2016), and one left half unloaded
 * because of shelling (Duma, 5 March 2018). */
static const ab_prior one_in_39 = {38.0 / 39, 39};
/* Medicine: about 70 % of WHO's load for Duma was taken off on 5 March 2018 (Reuters), while many other convoys kept it:
 * three of five, as if five cases had shown it. Other goods: 19 of 20. Assumed. */
static const ab_prior medical_whole = {0.6, 5}, mostly = {0.95, 5};
/* The Munich statement of 11 February 2016 promised land deliveries to six: Foah, Kefraya, Madaya, Moadamiyeh, Kafr Batna
 * and the rest of besieged Rural Damascus. By 23 February convoys had reached the five towns and not the rest. Uniform
 * prior: Beta(5 + 1, 1 + 1). */
static const double promised_arrival_prob = 6.0 / 8, promised_cases = 8;
/* With clearance the flight itself nearly always comes; drop and recovery have chances of their own. Assumed. */
static const ab_prior air_assumed = {0.95, 20};
/* Approved convoys behind approved_arrival_prob: Syria 2015 and July 2016, 14 of 41. */
static const double approved_cases = 41;

/* The chance to set out is what a record of arrivals leaves for it beside the chance to pass. */
static ab_prior go_of(double arrival_prob, double cases, ab_prior pass)
{
    return (ab_prior){fmin(fmax(arrival_prob / pass.mean, 1e-6), 1 - 1e-6), cases};
}

static ab_priors with_pass(ab_prior pass)
{
    ab_priors priors = {.answer = answer_2015, .answer_days = answer_days, .yes = yes_2015, .pass = pass};
    priors.go[AB_LEAVE_AIR] = air_assumed;
    for (int c = 0; c < ab_category_count; c++) {
        priors.whole[c] = c == AB_CATEGORY_MEDICAL ? medical_whole : mostly;
    }
    return priors;
}

static double clamped(double prob)
{
    return fmin(fmax(prob, 1e-6), 1 - 1e-6);
}

/* What people set comes out where there is no record. Who sets a greater chance to arrive on approval than that to pass
 * means that more pass; and unanswered_arrival_prob of all that was asked arrived. */
ab_priors ab_record_priors(const ab_operation *op)
{
    double approved = clamped(op->settings->approved_arrival_prob);
    ab_prior pass = {fmax(pass_to_2018.mean, approved), pass_to_2018.cases};
    ab_priors priors = with_pass(pass);
    priors.answer.mean = clamped(op->settings->unanswered_arrival_prob / (priors.yes.mean * approved));
    priors.go[AB_LEAVE_ANSWER] = go_of(approved, approved_cases, pass);
    priors.go[AB_LEAVE_PROMISE] = go_of(promised_arrival_prob, promised_cases, pass);
    priors.full = priors.kept = priors.safe = one_in_39;
    return priors;
}

ab_priors ab_record_priors_of_2015(void)
{
    ab_priors priors = with_pass(pass_assumed);
    priors.go[AB_LEAVE_ANSWER] = go_of(approved_2015_prob, approved_2015_cases, pass_assumed);
    priors.go[AB_LEAVE_PROMISE] = go_of(approved_2015_prob, promised_cases, pass_assumed);
    priors.whole[AB_CATEGORY_MEDICAL] = mostly;
    priors.full = priors.kept = priors.safe = mostly;
    return priors;
}
