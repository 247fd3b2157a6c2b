namespace LifetimeMonitor.Graph;

/// <summary>Tells references apart by the types of both objects and by the field, without names.</summary>
internal interface IReferenceKinds
{
    /// <summary>
    /// A number for the kind of the reference from one object to another: the same for the same field of the same type that refers to the same
    /// type; odd where it is a field, even where it is an element or has no field; 0 when memory, read once more, shows no such reference.
    /// </summary>
    int Of(ulong holder, ulong held);
}
