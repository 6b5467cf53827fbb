using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Decision;

/// <summary>
/// Writes why the model added what it added: one reason for each of the features that spoke for it most, and one for all others. What the
/// model added is shared in proportion to what each raised the log-odds (<see cref="TreeShap"/>); those that lowered them get nothing.
/// </summary>
/// <remarks>
/// For a verdict of PASS there is one reason without a feature: explaining takes a hundred times as long as scoring, and nobody is asked to do anything.
/// </remarks>
internal static class ModelReasons
{
    /// <summary>Most features that are named: 4, as many as a reviewer takes in.</summary>
    public const int MaxFeatures = 4;

    private const string English = "The learned model finds the event as a whole suspicious";
    private const string Chinese = "机器学习模型认为该事件整体可疑";

    /// <summary>Writes the reasons.</summary>
    public static void Write(ScoreEvent scoreEvent, FeatureVector features, EventDecision decision, ProtobufWriter writer)
    {
        double remaining = decision.Rules.Models.Contribution;
        if (decision.Verdict != Verdict.Pass)
        {
            var model = decision.Policy.Model!.Model;
            Span<double> shares = stackalloc double[ModelLimits.MaxInputs];
            shares = shares[..model.Inputs.Count];
            Share(model, scoreEvent.Scene, features, decision, shares);
            for (var named = 0; named < MaxFeatures && Strongest(model, shares) is >= 0 and var input; named++)
            {
                WriteOne(scoreEvent, features, FeatureCatalogue.At(model.Inputs[input].Number), shares[input], writer);
                remaining -= shares[input];
                shares[input] = 0;
            }
        }

        if (remaining > decision.Rules.Models.Contribution * 1e-9)
        {
            var mark = writer.BeginMessage(ScoreReply.ReasonsFieldNumber);
            writer.WriteString(Reason.RuleFieldNumber, PolicyModel.RuleName);
            writer.WriteDouble(Reason.ContributionFieldNumber, remaining);
            writer.WriteString(Reason.TextFieldNumber, Text(scoreEvent, English, Chinese));
            writer.EndMessage(mark);
        }
    }

    /// <summary>Shares what the model added among its inputs; the sum is that, within 1e-9 of it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="decision">Holds what the model added, and for which risk.</param>
    /// <param name="shares">Receives points by input.</param>
    internal static void Share(ScoreModel model, Scene scene, FeatureVector features, EventDecision decision, Span<double> shares)
    {
        model.Explain(decision.Rules.Models.Risk, scene, features, shares);
        var sum = 0.0;
        foreach (ref var share in shares)
        {
            share = Math.Max(0, share);
            sum += share;
        }

        foreach (ref var share in shares)
        {
            share = sum > 0 ? share / sum * decision.Rules.Models.Contribution : 0;
        }
    }

    // A scene is no reason by itself.
    private static int Strongest(ScoreModel model, ReadOnlySpan<double> shares)
    {
        var strongest = -1;
        for (var i = 0; i < shares.Length; i++)
        {
            if (shares[i] > (strongest < 0 ? 0 : shares[strongest]) && !ModelInputs.IsScene(model.Inputs[i].Number))
            {
                strongest = i;
            }
        }

        return strongest;
    }

    private static void WriteOne(ScoreEvent scoreEvent, FeatureVector features, Feature feature, double share, ProtobufWriter writer)
    {
        var value = features.Values[feature.Index];
        var mark = writer.BeginMessage(ScoreReply.ReasonsFieldNumber);
        writer.WriteString(Reason.RuleFieldNumber, PolicyModel.RuleName);
        writer.WriteString(Reason.FeatureFieldNumber, feature.Name);
        writer.WriteDouble(Reason.ValueFieldNumber, double.IsNaN(value) ? 0 : value);
        writer.WriteUnsigned(Reason.WindowSecondsFieldNumber, (uint)feature.WindowSeconds);
        writer.WriteDouble(Reason.ContributionFieldNumber, share);
        writer.WriteBoolean(Reason.AtLeastFieldNumber, features.IsAtLeast(feature.Index));
        writer.WriteString(Reason.TextFieldNumber, Text(scoreEvent, feature.Description, feature.DescriptionZh));
        writer.EndMessage(mark);
    }

    private static string Text(ScoreEvent scoreEvent, string english, string chinese) => scoreEvent.ReasonLanguage switch
    {
        ReasonLanguage.English => english,
        ReasonLanguage.SimplifiedChinese => chinese,
        _ => "",
    };
}
