using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Identity.Linking;

/// <summary>An event of which it is known what device it comes from.</summary>
/// <param name="At">When it happens.</param>
/// <param name="Group">What the device goes through, such as "factory reset".</param>
/// <param name="Device">The true device; no other group has the same number.</param>
/// <param name="Request">The event.</param>
/// <param name="KeepsToken">True if the app sends the token of the device's last reply.</param>
internal sealed record LabelledEvent(DateTimeOffset At, string Group, int Device, ScoreRequest Request, bool KeepsToken = false);
