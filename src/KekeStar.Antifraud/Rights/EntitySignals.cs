using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Rights;

/// <summary>Which signal of the contract the log of an entity was made from, and so what the contract says of it.</summary>
internal static class EntitySignals
{
    private static readonly Dictionary<EntityKind, SignalOptions> ByKind = Collect();

    /// <summary>What the contract says of an entity's signal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind has no log.</exception>
    public static SignalOptions Of(EntityKind kind) =>
        ByKind.TryGetValue(kind, out var options)
            ? options
            : throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind has no signal.");

    /// <summary>The category that must be granted for an entity's signal; ESSENTIAL for kinds without a log.</summary>
    public static ConsentCategory ConsentOf(EntityKind kind) =>
        ByKind.TryGetValue(kind, out var options) ? options.Consent : ConsentCategory.Essential;

    private static Dictionary<EntityKind, SignalOptions> Collect()
    {
        var byKind = new Dictionary<EntityKind, SignalOptions>();
        foreach (var message in new[] { ScoreRequest.Descriptor, DeviceSignals.Descriptor, SimSignals.Descriptor })
        {
            foreach (var field in message.Fields.InFieldNumberOrder())
            {
                var options = field.GetOptions()?.GetExtension(PrivacyOptionsExtensions.Signal);
                if (options is null)
                {
                    continue;
                }

                // Kinds that are made of other signals than their own are named after the one that is enough to make them.
                var kind = options.Name switch
                {
                    "event_id" => EntityKind.Event,
                    "device_token" => EntityKind.Device,
                    "model" => EntityKind.Cohort,
                    "software" => EntityKind.Similar,
                    "accelerometer" => EntityKind.Recording,
                    var name => EntityPseudonyms.KindOf(name),
                };
                if (kind != EntityKind.None)
                {
                    byKind.TryAdd(kind, options);
                }
            }
        }

        byKind.Add(EntityKind.IpPrefix, byKind[EntityKind.Ip]);
        byKind.Add(EntityKind.ImeiBlock, byKind[EntityKind.Imei]);
        byKind.Add(EntityKind.SerialBlock, byKind[EntityKind.Serial]);
        return byKind;
    }
}
