using System.Text;
using Google.Protobuf.Reflection;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake;

/// <summary>The names of all signals of the contract, each with a small number and its UTF-8 bytes.</summary>
internal static class SignalNames
{
    private static readonly string[] Names = Collect();
    private static readonly byte[][] Utf8 = [.. Names.Select(Encoding.UTF8.GetBytes)];

    // Messages as a whole have no options of their own, but can be dropped as a whole.
    private const string ConsentName = "consent";
    private const string DeviceName = "device";
    private const string SimsName = "sims";
    private const string ThirdPartyName = "third_party";

    /// <summary>Number of "consent": what the user granted, as a whole.</summary>
    public static byte Consent { get; } = Index(ConsentName);

    /// <summary>Number of "device": all that the device says, as a whole.</summary>
    public static byte Device { get; } = Index(DeviceName);

    /// <summary>Number of "sims": the list of SIM cards as a whole.</summary>
    public static byte Sims { get; } = Index(SimsName);

    /// <summary>Number of "third_party": what other services found, as a whole.</summary>
    public static byte ThirdParty { get; } = Index(ThirdPartyName);

    /// <summary>Number of a name.</summary>
    public static byte Index(string name) => (byte)Array.IndexOf(Names, name);

    /// <summary>The name of a number.</summary>
    public static string Name(byte index) => Names[index];

    /// <summary>The name of a number as UTF-8.</summary>
    public static ReadOnlySpan<byte> NameUtf8(byte index) => Utf8[index];

    private static string[] Collect()
    {
        MessageDescriptor[] messages =
        [
            ScoreRequest.Descriptor, DeviceSignals.Descriptor, SimSignals.Descriptor, MotionSeries.Descriptor, ThirdPartyResults.Descriptor,
        ];
        var names = messages
            .SelectMany(message => message.Fields.InFieldNumberOrder())
            .Select(field => field.GetOptions()?.GetExtension(PrivacyOptionsExtensions.Signal)?.Name)
            .OfType<string>()
            .Concat([ConsentName, DeviceName, SimsName, ThirdPartyName])
            .Distinct(StringComparer.Ordinal);
        return ["", .. names];
    }
}
