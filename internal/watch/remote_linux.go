package watch

import "syscall"

// remote returns the name of the file system that root lies on if it is one where another machine
// may change files without the kernel here noticing, and "" if changes are told. The numbers are
// those of statfs(2). Overlay, on which a container keeps its own files, is not among them: what is
// written through it is told, and what a container shares with its host lies on a file system of its own.
func remote(root string) string {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(root, &fs); err != nil {
		return ""
	}
	switch uint32(fs.Type) {
	case 0x6969:
		return "NFS"
	case 0xff534d42, 0xfe534d42, 0x517b:
		return "Windows network (SMB)"
	case 0x01021997:
		return "9P"
	case 0x786f4256:
		return "VirtualBox shared"
	case 0x5346414f:
		return "AFS"
	case 0x00c36400:
		return "Ceph"
	case 0x73757245:
		return "Coda"
	case 0x0bd00bd0:
		return "Lustre"
	case 0xbacbacbc:
		return "VMware shared"
	case 0x7c7c6673:
		return "Parallels shared"
	case 0x65735546:
		// The folders that a container or a virtual machine shares with its host, and sshfs.
		return "FUSE or virtiofs"
	}
	return ""
}
