using LifetimeMonitoring.Naming.Rules;

namespace LifetimeMonitoring.Naming.Properties;

/// <summary>
/// A library's own property system: it keeps the values of properties, and the tree of objects, in structures that its
/// user never sees. To support another library, implement this and add it to <see cref="PropertyRule"/>.
/// </summary>
internal interface IPropertySystem
{
    /// <summary>The type that all objects with such properties derive from.</summary>
    string ObjectType { get; }

    /// <summary>
    /// The words for the references that begin at such an object: a property with its value, a child, a handler. Null
    /// for all other references.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="at">The index of the object.</param>
    ReferenceWords? Name(PathCursor path, int at);
}
