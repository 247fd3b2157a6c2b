using System.Reflection;

namespace LifetimeMonitoring.Adapters;

/// <summary>
/// The claim of the attributes on a test and around it. Their types and known holders add up. Every other setting comes
/// from the nearest attribute: on the method, on its class, on a base of the class, further out.
/// </summary>
internal sealed class Claim
{
    private readonly IReadOnlyList<IClaim> _claims;

    private Claim(IReadOnlyList<IClaim> claims, bool isOfTest) => (_claims, IsOfTest) = (claims, isOfTest);

    /// <summary>The test itself carries the attribute, so it claims to track something.</summary>
    public bool IsOfTest { get; }

    /// <summary>The reason not to check the claim for now, or null.</summary>
    public string? Skip => _claims[0].Skip;

    /// <summary>The types whose instances, made by the test, must be collected.</summary>
    public IReadOnlyList<Type> Types => [.. _claims.SelectMany(c => c.Types).Distinct()];

    /// <summary>Null when the attribute is neither on the test nor around it.</summary>
    /// <param name="test">The test.</param>
    /// <param name="testClass">Its class, which may be derived from the one that declares it.</param>
    /// <param name="around">Attributes between the class and the assembly, if the framework has such.</param>
    /// <typeparam name="TAttribute">The attribute of the adapter.</typeparam>
    public static Claim? Of<TAttribute>(MethodInfo test, Type testClass, IEnumerable<TAttribute>? around = null)
        where TAttribute : Attribute, IClaim
    {
        TAttribute? ofTest = test.GetCustomAttribute<TAttribute>(inherit: false)
            ?? (test.GetCustomAttribute<TAttribute>(inherit: true) is { Inherited: true } inherited ? inherited : null);
        List<IClaim> claims = [];
        if (ofTest is not null) claims.Add(ofTest);
        claims.AddRange(OfClass<TAttribute>(testClass));
        claims.AddRange(around ?? []);
        if (testClass.Assembly.GetCustomAttribute<TAttribute>() is { } ofAssembly) claims.Add(ofAssembly);
        return claims.Count == 0 ? null : new Claim(claims, ofTest is not null);
    }

    /// <summary>How to check.</summary>
    /// <exception cref="ArgumentException">A setting of an attribute is not valid.</exception>
    public LifetimeOptions Options()
    {
        LifetimeOptions options = LifetimeOptions.Default;
        KnownHolder[] known = [.. _claims.SelectMany(c => c.KnownHolders).Select(Holder)];
        if (known.Length > 0) options = options with { KnownHolders = [.. options.KnownHolders, .. known] };
        double seconds = _claims.Select(c => c.TimeBudgetSeconds).FirstOrDefault(s => s != 0);
        if (seconds is < 0 or double.NaN)
            throw new ArgumentException(
                $"[MustBeCollected(TimeBudgetSeconds = {seconds})]: a check needs time; " +
                "leave it out for the default.");
        return seconds == 0 ? options : options with { TimeBudget = TimeSpan.FromSeconds(seconds) };
    }

    private static IEnumerable<TAttribute> OfClass<TAttribute>(Type testClass)
        where TAttribute : Attribute, IClaim
    {
        for (Type? type = testClass; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<TAttribute>(inherit: false) is { } claim
                && (type == testClass || claim.Inherited)) yield return claim;
        }
    }

    private static KnownHolder Holder(string text)
    {
        string[] parts = text.Split(": ", 2);
        return parts.Length == 2
            ? new KnownHolder(parts[0], parts[1]) { Fails = false }
            : throw new ArgumentException(
                $"[MustBeCollected(KnownHolders = [\"{text}\"])] gives no reason: " +
                "write \"Namespace.Type.field: reason\".");
    }
}
