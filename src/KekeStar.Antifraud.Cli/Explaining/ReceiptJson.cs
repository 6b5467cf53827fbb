using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Receipts;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Dashboard.Entities;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Decision.Counterfactuals;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Explaining;

/// <summary>A receipt as JSON; names and words are those of the archive. What is not there is null.</summary>
internal static class ReceiptJson
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    /// <summary>What a caller may see.</summary>
    public static string Write(CallerReceipt caller, Receipt receipt, Texts texts) => JsonSerializer.Serialize(
        new
        {
            View = "caller",
            Decision = DecisionReference.TextOf(receipt.Row.Decision),
            receipt.Row.Time,
            receipt.Row.Scene,
            Verdict = ContractWords.Verdicts[(int)caller.Verdict],
            Challenge = caller.Challenge == ChallengeKind.Unspecified ? null : ContractWords.Challenges[(int)caller.Challenge],
            List = caller.List == ListKind.Unspecified ? null : ContractWords.Lists[(int)caller.List],
            StepUpExempt = caller.IsStepUpExempt,
            Store = ContractWords.Stores[(int)caller.Store],
            caller.Policy,
            Grounds = caller.Grounds.Select(ground => new { ground.Label, LookedAt = CallerView.Meaning(ground, texts) }),
            Identical = receipt.Differences.Count == 0,
        },
        Layout);

    /// <summary>All of it.</summary>
    public static string Write(Receipt receipt, CounterfactualAnswer answer, Texts texts)
    {
        var row = receipt.Row;
        var decision = receipt.Decision;
        var scene = receipt.Policy.SceneOf(receipt.Inputs.Scene);
        return JsonSerializer.Serialize(
            new
            {
                View = "analyst",
                Decision = DecisionReference.TextOf(row.Decision),
                row.Time,
                row.EventTime,
                row.Scene,
                row.Verdict,
                row.Challenge,
                row.Score,
                row.AtLeast,
                row.BatchRegistration,
                row.Bot,
                row.AccountTheft,
                row.List,
                row.Store,
                row.StepUpExempt,
                row.KeyEpoch,
                row.Labels,
                Account = Short(row.Account),
                Device = Short(row.Device),
                Ip = Short(row.Ip),
                IpPrefix = Short(row.IpPrefix),
                Bssid = Short(row.Bssid),
                Cohort = Short(row.Cohort),
                Identical = receipt.Differences.Count == 0,
                receipt.Differences,
                receipt.SumError,
                receipt.GoneFeatures,
                Policy = new { receipt.Policy.Version, receipt.Policy.Hash },
                Thresholds = new
                {
                    Review = scene.Review + decision.ThresholdShift,
                    Challenge = scene.Challenge + decision.ThresholdShift,
                    Reject = scene.Reject + decision.ThresholdShift,
                    Shift = decision.ThresholdShift,
                    DegradedFloor = ContractWords.Verdicts[(int)scene.DegradedFloor],
                    StepUpExemptionMinutes = scene.StepUpExemption.TotalMinutes,
                },
                Steps = ScoreSteps.Of(decision),
                Rules = Rules(receipt, texts),
                row.ShadowRules,
                Model = Model(receipt.Policy.Model, decision.Rules.Models.Probabilities, decision.Rules.Models.Contribution),
                ModelSplit = receipt.Split.Shares.Select(static share => new { Input = share.Name, share.Points }),
                ShadowModel = Model(receipt.Policy.Shadow, decision.Rules.Models.ShadowProbabilities, points: null),
                ShadowScore = receipt.Policy.Shadow is null ? (int?)null : decision.Rules.Models.ShadowScore,
                Features = Features(receipt.Inputs.Features, texts),
                Counterfactuals = new
                {
                    Outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName(answer.Outcome.ToString()),
                    Ways = answer.Ways.Select(static way => new
                    {
                        Verdict = ContractWords.Verdicts[(int)way.Verdict],
                        Bounds = way.Bounds.Select(static bound => new { Feature = bound.Feature.Name, bound.Value, From = Math.Min(bound.End, bound.Bound), To = Math.Max(bound.End, bound.Bound) }),
                    }),
                    Texts = ReceiptWords.Counterfactuals(texts, answer),
                },
            },
            Layout);
    }

    private static string? Short(long? id) => id is { } known ? PseudonymText.Short(known) : null;

    private static IEnumerable<object> Rules(Receipt receipt, Texts texts)
    {
        var rules = receipt.Policy.Rules.ToArray().ToDictionary(static rule => rule.Id, StringComparer.Ordinal);
        return receipt.Row.Rules.Zip(receipt.Row.Contributions).Select(fired =>
        {
            var rule = rules.GetValueOrDefault(fired.First);
            return new
            {
                Id = fired.First,
                Points = fired.Second,
                rule?.Weight,
                CappedBy = rule is null or { CappedBy: SharedSignal.None } ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(rule.CappedBy.ToString()),
                rule?.When,
                rule?.Label,
                Reason = rule is null ? null : texts.Pick(rule.ReasonEnglish, rule.ReasonChinese),
            };
        });
    }

    private static object? Model(PolicyModel? model, ReadOnlySpan<double> probabilities, int? points) => model is null ? null : new
    {
        model.Model.Name,
        model.Model.Hash,
        MostPoints = model.Points,
        Points = points,
        BatchRegistration = probabilities[(int)Risk.BatchRegistration],
        Bot = probabilities[(int)Risk.Bot],
        AccountTheft = probabilities[(int)Risk.AccountTheft],
    };

    private static IEnumerable<object> Features(FeatureVector features, Texts texts) => FeatureCatalogue.All.ToArray()
        .Where(feature => !double.IsNaN(features.Values[feature.Index]))
        .Select(feature => new
        {
            feature.Name,
            Value = features.Values[feature.Index],
            AtLeast = features.IsAtLeast(feature.Index),
            feature.Unit,
            Says = texts.Pick(feature.Description, feature.DescriptionZh),
        });
}
