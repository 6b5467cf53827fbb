namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// What is known of a model by its name: first among the names listed one by one, then among the forms in which makers
/// name their models. Emulators stand in it with the names that they ship with; one that pretends to be a phone's model
/// is not found by its name.
/// </summary>
internal sealed class ModelTable
{
    private readonly NameList _names;
    private readonly NameList _patterns;

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    internal ModelTable(TableFile file, string place)
    {
        Header = file.Header;
        _names = NameList.Read(file.Payload, 0, ModelFacts.Size, isSorted: true, place);
        _patterns = NameList.Read(file.Payload, _names.End, ModelFacts.Size, isSorted: false, place);
    }

    /// <summary>What the file says of itself.</summary>
    internal TableHeader Header { get; }

    /// <summary>Looks a model up.</summary>
    /// <param name="model">
    /// Android Build.MODEL or the hardware name of iOS ("iPhone14,5"), UTF-8, either case, blanks at the ends ignored.
    /// </param>
    /// <param name="facts">What is known.</param>
    /// <returns>False if nothing is.</returns>
    internal bool TryFind(ReadOnlySpan<byte> model, out ModelFacts facts)
    {
        Span<byte> buffer = stackalloc byte[LowerCaseText.MaxLength];
        ReadOnlySpan<byte> name = buffer[..LowerCaseText.Write(model, buffer)];
        var index = _names.Find(name);
        if (index >= 0)
        {
            facts = ModelFacts.Read(_names.Value(index));
            return true;
        }

        for (index = 0; index < _patterns.Count; index++)
        {
            if (ModelPattern.Matches(_patterns.Name(index), name))
            {
                facts = ModelFacts.Read(_patterns.Value(index));
                return true;
            }
        }

        facts = default;
        return false;
    }
}
