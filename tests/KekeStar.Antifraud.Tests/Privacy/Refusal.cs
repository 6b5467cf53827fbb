using Google.Protobuf;
using Google.Protobuf.Reflection;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>One way in which an event can say less than all.</summary>
/// <param name="Name">What it leaves out.</param>
/// <param name="Apply">Leaves it out of a copy of the event.</param>
internal sealed record Refusal(string Name, Action<ScoreRequest> Apply)
{
    /// <summary>The categories that a user may refuse.</summary>
    public static readonly ConsentCategory[] Optional =
        [.. Enum.GetValues<ConsentCategory>().Where(category => category > ConsentCategory.Essential)];

    /// <summary>Number of subsets of these categories.</summary>
    public static int Subsets => 1 << Optional.Length;

    /// <summary>Every subset refused: sent though not granted, and not sent at all.</summary>
    public static IEnumerable<Refusal> OfCategories()
    {
        for (var subset = 1; subset < Subsets; subset++)
        {
            var refused = Optional.Where((_, index) => (subset & (1 << index)) != 0).ToArray();
            var name = string.Join('+', refused);
            yield return new Refusal($"refused {name}", request => Refuse(request, refused));
            yield return new Refusal($"not sent {name}", request =>
            {
                Refuse(request, refused);
                Clear(request, field => refused.Contains(DataInventory.OptionsOf(field)?.Consent ?? ConsentCategory.Unspecified));
            });
        }
    }

    /// <summary>Every single field of an optional category left out; of a SIM card, on every card.</summary>
    public static IEnumerable<Refusal> OfFields() => DataInventory.Fields
        .Where(field => DataInventory.OptionsOf(field)?.Consent > ConsentCategory.Essential
            && (field.ContainingType == DeviceSignals.Descriptor || field.ContainingType == SimSignals.Descriptor || field.ContainingType == ScoreRequest.Descriptor))
        .Select(field => new Refusal($"absent {DataInventory.PlaceOf(field)}", request => Clear(request, other => other == field)));

    private static void Refuse(ScoreRequest request, ConsentCategory[] refused)
    {
        foreach (var category in refused)
        {
            request.Consent.Granted.Remove(category);
        }
    }

    private static void Clear(IMessage message, Predicate<FieldDescriptor> isToClear)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (isToClear(field))
            {
                field.Accessor.Clear(message);
            }
            else if (field.FieldType == FieldType.Message)
            {
                switch (field.Accessor.GetValue(message))
                {
                    case IMessage inner:
                        Clear(inner, isToClear);
                        break;
                    case Google.Protobuf.Collections.RepeatedField<SimSignals> cards:
                        foreach (var card in cards)
                        {
                            Clear(card, isToClear);
                        }

                        break;
                }
            }
        }
    }
}
