using CsCheck;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>Decisions by chance, over three hours, with few different entities so that many share one.</summary>
internal static class Decisions
{
    private static readonly Gen<long> Entity = Gen.Int[0, 4].Select(static number => number == 0 ? 0L : (number * 0x1111_2222_3333L) - (number % 2 == 0 ? 0 : long.MaxValue));

    private static readonly Gen<MadeDecision> One =
        from at in Gen.Int[0, 3 * 60 * 60 * 10]
        from age in Gen.Int[0, 3_600_000]
        from scene in Of(Scene.Login, Scene.Register, Scene.NewDeviceLogin, Scene.SendMessage)
        from verdict in Of(Verdict.Pass, Verdict.Review, Verdict.Challenge, Verdict.Reject)
        from store in Of(StoreStatus.Ok, StoreStatus.Ok, StoreStatus.Timeout, StoreStatus.Unavailable)
        from list in Of(ListKind.Unspecified, ListKind.Allow, ListKind.Deny, ListKind.Grey)
        from bits in Gen.Int[0, 3]
        from duration in Gen.Int[0, 60_000]
        from rules in Gen.Int[0, 15]
        from labels in Gen.Int[0, 7]
        from entities in Entity.Array[7]
        select new MadeDecision
        {
            // A tenth of a second: several decisions fall on one moment.
            At = TimeSpan.FromMilliseconds(100L * at),
            Age = TimeSpan.FromMilliseconds(age),
            Scene = scene,
            Verdict = verdict,
            Store = store,
            List = list,
            StepUpExempt = (bits & 1) != 0,
            AtLeast = (bits & 2) != 0,
            DurationMicroseconds = duration,
            Rules = rules,
            Labels = labels,
            Account = entities[0],
            OtherAccount = entities[1],
            Device = entities[2],
            Ip = entities[3],
            IpPrefix = entities[4],
            Bssid = entities[5],
            Cohort = entities[6],
        };

    /// <summary>Decisions with numbers of their own, in the order of time.</summary>
    public static Gen<MadeDecision[]> Many(int least, int most) => One.Array[least, most].Select(static made => made
        .OrderBy(static decision => decision.At)
        .Select(static (decision, index) => decision with { Decision = unchecked((index + 1) * (long)0x9E37_79B9_7F4A_7C15) })
        .ToArray());

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
