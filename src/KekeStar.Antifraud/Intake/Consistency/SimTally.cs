using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>What the SIM cards read so far say, without their numbers.</summary>
internal struct SimTally
{
    private CountryCode _country;
    private bool _hasSeveral;

    /// <summary>What was compared within each card.</summary>
    public CheckResults Checks;

    /// <summary>Adds the country of a card.</summary>
    public void AddCountry(CountryCode country)
    {
        if (!country.IsKnown)
        {
            return;
        }

        _hasSeveral |= _country.IsKnown && _country != country;
        _country = country;
    }

    /// <summary>Adds what the cards say, in the country of the client's address.</summary>
    /// <remarks>
    /// One card from elsewhere is enough, though the other may be from here: if a card from here made up for it, leaving
    /// that one out would count against the user.
    /// </remarks>
    public readonly void AddTo(ref CheckResults checks, CountryCode address)
    {
        checks.Add(Checks);
        if (_country.IsKnown && address.IsKnown)
        {
            checks.Add(SignalCheck.SimCountry, _hasSeveral || _country != address);
        }
    }
}
