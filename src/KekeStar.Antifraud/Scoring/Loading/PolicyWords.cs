using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Loading;

/// <summary>The words of a policy file and what they stand for.</summary>
internal static class PolicyWords
{
    /// <summary>Scenes, as the contract names them without its prefix.</summary>
    public static readonly IReadOnlyDictionary<string, Scene> Scenes = new OrderedDictionary<string, Scene>(StringComparer.Ordinal)
    {
        ["REGISTER"] = Scene.Register,
        ["LOGIN"] = Scene.Login,
        ["NEW_DEVICE_LOGIN"] = Scene.NewDeviceLogin,
        ["SEND_MESSAGE"] = Scene.SendMessage,
        ["JOIN_ROOM"] = Scene.JoinRoom,
        ["SEND_GIFT"] = Scene.SendGift,
        ["WITHDRAW"] = Scene.Withdraw,
        ["CHANGE_CREDENTIAL"] = Scene.ChangeCredential,
    };

    /// <summary>Risks.</summary>
    public static readonly IReadOnlyDictionary<string, Risk> Risks = new OrderedDictionary<string, Risk>(StringComparer.Ordinal)
    {
        ["batch_registration"] = Risk.BatchRegistration,
        ["bot"] = Risk.Bot,
        ["account_theft"] = Risk.AccountTheft,
    };

    /// <summary>Verdicts that a degraded answer may have as its floor.</summary>
    public static readonly IReadOnlyDictionary<string, Verdict> Floors = new OrderedDictionary<string, Verdict>(StringComparer.Ordinal)
    {
        ["pass"] = Verdict.Pass,
        ["review"] = Verdict.Review,
        ["challenge"] = Verdict.Challenge,
        ["reject"] = Verdict.Reject,
    };

    /// <summary>Kinds of challenge.</summary>
    public static readonly IReadOnlyDictionary<string, ChallengeKind> Challenges = new OrderedDictionary<string, ChallengeKind>(StringComparer.Ordinal)
    {
        ["captcha"] = ChallengeKind.Captcha,
        ["sms_code"] = ChallengeKind.SmsCode,
        ["known_device"] = ChallengeKind.KnownDevice,
        ["real_name"] = ChallengeKind.RealName,
    };

    /// <summary>Shared signals.</summary>
    public static readonly IReadOnlyDictionary<string, SharedSignal> Signals = new OrderedDictionary<string, SharedSignal>(StringComparer.Ordinal)
    {
        ["device"] = SharedSignal.Device,
        ["network"] = SharedSignal.Network,
        ["access_point"] = SharedSignal.AccessPoint,
        ["sim"] = SharedSignal.Sim,
        ["cohort"] = SharedSignal.Cohort,
        ["similarity"] = SharedSignal.Similarity,
        ["recording"] = SharedSignal.Recording,
    };

    /// <summary>The word of a risk.</summary>
    public static string WordOf(Risk risk) => Risks.First(word => word.Value == risk).Key;
}
