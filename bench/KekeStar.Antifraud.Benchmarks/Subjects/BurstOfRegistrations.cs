using Google.Protobuf;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>Accounts registered from one device within a moment: several rules fire, several reasons are given.</summary>
internal static class BurstOfRegistrations
{
    private const int Usual = 12;

    /// <summary>Scores the burst.</summary>
    /// <param name="hotPath">Scores it.</param>
    /// <param name="alter">Changes what the device sends.</param>
    /// <param name="registrations">Number of accounts.</param>
    /// <returns>The last registration, scored.</returns>
    public static async Task<ScoringCall> ScoreAsync(HotPath hotPath, Action<DeviceSignals>? alter = null, int registrations = Usual)
    {
        var request = ScoreRequest.Parser.ParseFrom(new RequestRing().Next());
        request.Scene = Scene.Register;
        request.ReasonLanguage = ReasonLanguage.SimplifiedChinese;
        alter?.Invoke(request.Device);
        var call = ScoringCall.Rent();
        for (var i = 0; i < registrations; i++)
        {
            request.EventId = $"burst-{i}";
            request.AccountId = $"burst-account-{i}";
            hotPath.Pipeline.Parse(request.ToByteArray(), call);
            await hotPath.Pipeline.ScoreAsync(call, TimeSpan.MaxValue);
        }

        if (call.Counts.Status != StoreStatus.Ok || call.Decision.Rules.Count == 0)
        {
            throw new InvalidOperationException("The burst went unnoticed.");
        }

        return call;
    }
}
