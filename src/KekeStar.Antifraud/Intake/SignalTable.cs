using System.Runtime.InteropServices;
using Google.Protobuf.Reflection;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// What the contract says about each field of a message: read from the proto options, which are the one source of
/// truth. Indexed by field number.
/// </summary>
internal sealed class SignalTable
{
    private readonly Signal[] _byField;

    private SignalTable(MessageDescriptor message)
    {
        var fields = message.Fields.InFieldNumberOrder();
        _byField = new Signal[fields[^1].FieldNumber + 1];
        foreach (var field in fields)
        {
            var options = field.GetOptions()?.GetExtension(PrivacyOptionsExtensions.Signal);
            if (options is not null)
            {
                _byField[field.FieldNumber] = new Signal(SignalNames.Index(options.Name), options.Consent);
            }
        }
    }

    /// <summary>Fields of ScoreRequest.</summary>
    public static SignalTable Request { get; } = new(ScoreRequest.Descriptor);

    /// <summary>Fields of DeviceSignals.</summary>
    public static SignalTable Device { get; } = new(DeviceSignals.Descriptor);

    /// <summary>Fields of SimSignals.</summary>
    public static SignalTable Sim { get; } = new(SimSignals.Descriptor);

    /// <summary>Fields of ThirdPartyResults.</summary>
    public static SignalTable ThirdParty { get; } = new(ThirdPartyResults.Descriptor);

    /// <summary>What the contract says about a field; default for a field that it does not know.</summary>
    public Signal this[int field] => (uint)field < (uint)_byField.Length ? _byField[field] : default;

    /// <summary>A field's signal.</summary>
    /// <param name="NameIndex">Index of its name in <see cref="SignalNames"/>; 0: not a signal.</param>
    /// <param name="Consent">The category that must be granted.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Signal(byte NameIndex, ConsentCategory Consent);
}
