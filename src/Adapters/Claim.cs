using System.Reflection;

namespace LifetimeMonitor.Adapters;

/// <summary>What an attribute of an adapter claims of a test.</summary>
internal enum Claim
{
    /// <summary>Nothing: the attribute is neither on the test nor around it.</summary>
    None = 0,

    /// <summary>What the test tracks is collected; it may track nothing. The attribute is on its class or assembly.</summary>
    WhatIsTracked = 1,

    /// <summary>The test tracks something, and that is collected. The attribute is on the test itself.</summary>
    SomethingTracked = 2,
}

/// <summary>Looks the attribute up.</summary>
internal static class Claims
{
    public static Claim Of<TAttribute>(MethodInfo test, Type testClass)
        where TAttribute : Attribute
    {
        if (test.IsDefined(typeof(TAttribute), inherit: true)) return Claim.SomethingTracked;
        return testClass.IsDefined(typeof(TAttribute), inherit: true) || testClass.Assembly.IsDefined(typeof(TAttribute))
            ? Claim.WhatIsTracked
            : Claim.None;
    }
}
