using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Decision;

/// <summary>Writes a ScoreReply without making message objects.</summary>
internal static class ScoreReplyEncoder
{
    private const string StepUpLabel = "step_up_exempt";
    private const string AllowLabel = "list_allow";
    private const string DenyLabel = "list_deny";
    private const string GreyLabel = "list_grey";
    private const long MillisecondsPerSecond = 1_000;
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Writes the reply to an event that could be scored.</summary>
    public static void Write(ScoreEvent scoreEvent, FeatureVector features, EventDecision decision, ProtobufWriter writer)
    {
        writer.WriteBytes(ScoreReply.EventIdFieldNumber, scoreEvent.EventId);
        writer.WriteUnsigned(ScoreReply.ScoreFieldNumber, (uint)decision.Rules.Score);
        writer.WriteUnsigned(ScoreReply.BatchRegistrationFieldNumber, (uint)decision.Rules.SubScore(Risk.BatchRegistration));
        writer.WriteUnsigned(ScoreReply.BotFieldNumber, (uint)decision.Rules.SubScore(Risk.Bot));
        writer.WriteUnsigned(ScoreReply.AccountTheftFieldNumber, (uint)decision.Rules.SubScore(Risk.AccountTheft));
        writer.WriteUnsigned(ScoreReply.VerdictFieldNumber, (uint)decision.Verdict);
        writer.WriteUnsigned(ScoreReply.ChallengeFieldNumber, (uint)decision.Challenge);
        WriteLabels(decision, writer);
        WriteReasons(scoreEvent, features, decision, writer);
        writer.WriteUnsigned(ScoreReply.DegradedFieldNumber, (uint)decision.Store);
        writer.WriteString(ScoreReply.PolicyVersionFieldNumber, decision.Policy.Version);
        for (var i = 0; i < scoreEvent.DroppedCount; i++)
        {
            var dropped = scoreEvent.Dropped(i);
            var mark = writer.BeginMessage(ScoreReply.DroppedSignalsFieldNumber);
            writer.WriteBytes(DroppedSignal.NameFieldNumber, SignalNames.NameUtf8(dropped.NameIndex));
            writer.WriteUnsigned(DroppedSignal.CauseFieldNumber, (uint)dropped.Cause);
            writer.EndMessage(mark);
        }

        var device = scoreEvent.Entity(EntitySlot.Device);
        if (!device.IsNone)
        {
            Span<byte> token = stackalloc byte[DeviceTokens.MaxLength];
            token = token[..DeviceTokens.Seal(scoreEvent.Keys, device, scoreEvent.OtherEntity(EntitySlot.Device), token)];
            writer.WriteBytes(ScoreReply.DeviceTokenFieldNumber, token);
        }

        writer.WriteBoolean(ScoreReply.AtLeastFieldNumber, decision.Rules.AtLeast);
        WriteRiskLabels(scoreEvent, decision, writer);
    }

    /// <summary>Writes the reply to an event of a stream or batch that could not be scored.</summary>
    public static void WriteError(ScoreEvent scoreEvent, ProtobufWriter writer)
    {
        writer.WriteBytes(ScoreReply.EventIdFieldNumber, scoreEvent.EventId);
        var mark = writer.BeginMessage(ScoreReply.ErrorFieldNumber);
        writer.WriteUnsigned(ItemError.CodeFieldNumber, (uint)Grpc.Core.StatusCode.InvalidArgument);
        writer.WriteString(ItemError.MessageFieldNumber, RequestErrorText.Of(scoreEvent.Error));
        writer.EndMessage(mark);
    }

    private static void WriteLabels(EventDecision decision, ProtobufWriter writer)
    {
        var rules = decision.Policy.Rules;
        var fired = decision.Rules.Fired;
        for (var i = 0; i < fired.Length; i++)
        {
            if (IsFirstWithLabel(rules, fired, i))
            {
                writer.WriteString(ScoreReply.LabelsFieldNumber, rules[fired[i]].Label);
            }
        }

        if (decision.IsStepUpExempt)
        {
            writer.WriteString(ScoreReply.LabelsFieldNumber, StepUpLabel);
        }

        writer.WriteString(
            ScoreReply.LabelsFieldNumber,
            decision.List switch
            {
                ListKind.Allow => AllowLabel,
                ListKind.Deny => DenyLabel,
                ListKind.Grey => GreyLabel,
                _ => "",
            });
    }

    private static void WriteRiskLabels(ScoreEvent scoreEvent, EventDecision decision, ProtobufWriter writer)
    {
        foreach (var found in decision.Labels.All)
        {
            var label = LabelCatalogue.All[found.Index];
            var mark = writer.BeginMessage(ScoreReply.RiskLabelsFieldNumber);
            writer.WriteString(RiskLabel.NameFieldNumber, label.Name);
            writer.WriteUnsigned(RiskLabel.StateFieldNumber, (uint)found.State);
            var time = writer.BeginMessage(RiskLabel.LastSeenFieldNumber);
            writer.WriteUnsigned(Timestamp.SecondsFieldNumber, (ulong)(found.LastSeenMilliseconds / MillisecondsPerSecond));
            writer.WriteUnsigned(Timestamp.NanosFieldNumber, (ulong)(found.LastSeenMilliseconds % MillisecondsPerSecond * NanosecondsPerMillisecond));
            writer.EndMessage(time);
            writer.WriteString(
                RiskLabel.TextFieldNumber,
                scoreEvent.ReasonLanguage switch
                {
                    ReasonLanguage.English => label.English,
                    ReasonLanguage.SimplifiedChinese => label.Chinese,
                    _ => "",
                });
            writer.EndMessage(mark);
        }
    }

    private static bool IsFirstWithLabel(ReadOnlySpan<PolicyRule> rules, ReadOnlySpan<int> fired, int position)
    {
        for (var i = 0; i < position; i++)
        {
            if (string.Equals(rules[fired[i]].Label, rules[fired[position]].Label, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteReasons(ScoreEvent scoreEvent, FeatureVector features, EventDecision decision, ProtobufWriter writer)
    {
        Span<short> order = stackalloc short[decision.Rules.Count];
        SortByContribution(decision.Rules.Contributions, order);
        var rules = decision.Policy.Rules;
        foreach (var position in order)
        {
            var rule = rules[decision.Rules.Fired[position]];
            var feature = FeatureCatalogue.At(rule.LeadFeature);
            var value = features.Values[rule.LeadFeature];
            var mark = writer.BeginMessage(ScoreReply.ReasonsFieldNumber);
            writer.WriteString(Reason.RuleFieldNumber, rule.Id);
            writer.WriteString(Reason.FeatureFieldNumber, feature.Name);
            writer.WriteDouble(Reason.ValueFieldNumber, double.IsNaN(value) ? 0 : value);
            writer.WriteUnsigned(Reason.WindowSecondsFieldNumber, (uint)feature.WindowSeconds);

            // A relief that had nothing to lower contributes −0, which JSON would show; adding 0 makes it 0.
            writer.WriteDouble(Reason.ContributionFieldNumber, decision.Rules.Contributions[position] + 0.0);
            writer.WriteBoolean(Reason.AtLeastFieldNumber, features.IsAtLeast(rule.LeadFeature));
            writer.WriteString(
                Reason.TextFieldNumber,
                scoreEvent.ReasonLanguage switch
                {
                    ReasonLanguage.English => rule.ReasonEnglish,
                    ReasonLanguage.SimplifiedChinese => rule.ReasonChinese,
                    _ => "",
                });
            writer.EndMessage(mark);
        }

        if (decision.Rules.Models.Contribution > 0)
        {
            ModelReasons.Write(scoreEvent, features, decision, writer);
        }
    }

    // Insertion sort: an event fires a handful of rules.
    private static void SortByContribution(ReadOnlySpan<double> contributions, Span<short> order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            var place = i;
            while (place > 0 && contributions[order[place - 1]] < contributions[i])
            {
                order[place] = order[place - 1];
                place--;
            }

            order[place] = (short)i;
        }
    }
}
