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

    // By the first byte of a name, and last of all for an empty one: the forms that it may be of, in their order.
    private readonly ModelForm[][] _forms = new ModelForm[byte.MaxValue + 2][];

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    internal ModelTable(TableFile file, string place)
    {
        Header = file.Header;
        _names = NameList.Read(file.Payload, 0, ModelFacts.Size, isSorted: true, place);
        _patterns = NameList.Read(file.Payload, _names.End, ModelFacts.Size, isSorted: false, place);
        for (var first = 0; first <= byte.MaxValue; first++)
        {
            _forms[first] = Forms(form => ModelPattern.MayBegin(form, (byte)first));
        }

        _forms[^1] = Forms(static form => ModelPattern.Matches(form, []));
    }

    private delegate bool FormFilter(ReadOnlySpan<byte> form);

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

        var beginning = ModelForm.BeginningOf(name);
        foreach (ref readonly var form in (name.IsEmpty ? _forms[^1] : _forms[name[0]]).AsSpan())
        {
            if (form.MayBegin(beginning) && ModelPattern.Matches(_patterns.Name(form.Index), name))
            {
                facts = ModelFacts.Read(_patterns.Value(form.Index));
                return true;
            }
        }

        facts = default;
        return false;
    }

    private ModelForm[] Forms(FormFilter filter) =>
    [
        .. Enumerable.Range(0, _patterns.Count)
            .Where(index => filter(_patterns.Name(index)))
            .Select(index => new ModelForm(index, _patterns.Name(index))),
    ];
}
