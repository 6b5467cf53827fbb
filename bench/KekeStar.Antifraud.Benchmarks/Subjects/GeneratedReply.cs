using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>The reply as a generated message: what the encoder spares.</summary>
internal static class GeneratedReply
{
    public static ScoreReply Build(ScoringCall call)
    {
        var decision = call.Decision;
        var reply = new ScoreReply
        {
            EventId = Encoding.UTF8.GetString(call.Event.EventId),
            Score = (uint)decision.Rules.Score,
            BatchRegistration = (uint)decision.Rules.SubScore(Risk.BatchRegistration),
            Bot = (uint)decision.Rules.SubScore(Risk.Bot),
            AccountTheft = (uint)decision.Rules.SubScore(Risk.AccountTheft),
            Verdict = decision.Verdict,
            Challenge = decision.Challenge,
            PolicyVersion = decision.Policy.Version,
            AtLeast = decision.Rules.AtLeast,
        };
        Span<byte> token = stackalloc byte[DeviceTokens.MaxLength];
        var length = DeviceTokens.Seal(call.Event.Keys, call.Event.Entity(EntitySlot.Device), default, token);
        reply.DeviceToken = ByteString.CopyFrom(token[..length]);
        var rules = decision.Policy.Rules;
        for (var i = 0; i < decision.Rules.Count; i++)
        {
            var rule = rules[decision.Rules.Fired[i]];
            if (!reply.Labels.Contains(rule.Label))
            {
                reply.Labels.Add(rule.Label);
            }

            var feature = FeatureCatalogue.At(rule.LeadFeature);
            reply.Reasons.Add(new Reason
            {
                Rule = rule.Id,
                Feature = feature.Name,
                Value = call.Features.Values[rule.LeadFeature],
                WindowSeconds = (uint)feature.WindowSeconds,
                Contribution = decision.Rules.Contributions[i],
                AtLeast = call.Features.IsAtLeast(rule.LeadFeature),
                Text = rule.ReasonChinese,
            });
        }

        foreach (var found in decision.Labels.All)
        {
            var label = LabelCatalogue.All[found.Index];
            reply.RiskLabels.Add(new RiskLabel
            {
                Name = label.Name,
                State = found.State,
                LastSeen = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(found.LastSeenMilliseconds)),
                Text = label.Chinese,
            });
        }

        return reply;
    }
}
