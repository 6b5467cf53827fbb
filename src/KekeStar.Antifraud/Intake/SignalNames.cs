using System.Text;
using Google.Protobuf.Reflection;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake;

/// <summary>The names of all signals of the contract, each with a small number and its UTF-8 bytes.</summary>
internal static class SignalNames
{
    private static readonly string[] Names = Collect();
    private static readonly byte[][] Utf8 = [.. Names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Number of the "sims" list as a whole, which has no options of its own.</summary>
    public static byte Sims { get; } = Index("sims");

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
            .Append("sims")
            .Distinct(StringComparer.Ordinal);
        return ["", .. names];
    }
}
